package io.rewarddance.rollout.durable;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Files that are either wholly there after a crash, or not at all. */
public final class Durable {
  private Durable() {}

  /** Writes a file beside its place, forces it to disk and renames it into its place. */
  public static void write(Path file, byte[] content) throws IOException {
    Path temporary = file.resolveSibling("." + file.getFileName() + ".tmp");
    Files.write(temporary, content);
    forceFile(temporary);
    move(temporary, file);
  }

  /** Renames over what may be there, and makes the rename last. */
  public static void move(Path from, Path to) throws IOException {
    rename(from, to);
    forceDirectory(to.toAbsolutePath().getParent());
  }

  /** Renames in one step over what may be there; a crash may undo it. */
  public static void rename(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Also of a file that may only be read, such as a copy of one that may only be read. */
  public static void forceFile(Path file) throws IOException {
    StandardOpenOption option = isWindows() ? StandardOpenOption.WRITE : StandardOpenOption.READ;
    try (FileChannel channel = FileChannel.open(file, option)) {
      channel.force(true);
    }
  }

  /** Makes names in the directory last; systems that can't open a directory do so by themselves. */
  public static void forceDirectory(Path directory) throws IOException {
    if (!isWindows()) {
      forceFile(directory);
    }
  }

  private static boolean isWindows() {
    return System.getProperty("os.name").startsWith("Windows");
  }
}
