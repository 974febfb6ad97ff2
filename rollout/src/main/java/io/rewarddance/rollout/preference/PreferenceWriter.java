package io.rewarddance.rollout.preference;

import io.rewarddance.rollout.durable.Durable;
import io.rewarddance.rollout.store.Disk;
import io.rewarddance.rollout.store.StoreException;
import io.rewarddance.rollout.store.Trailer;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Writes preference files as rollout files are written: temporary file in the same directory,
 * fsync, read back and compare, rename, fsync of the directory. The same set always gives the same
 * bytes.
 */
public final class PreferenceWriter {
  private PreferenceWriter() {}

  /**
   * Writes a file, replacing what is there.
   *
   * @param target its directory is made if missing
   * @return the file as it was read back
   * @throws StoreException {@link io.rewarddance.rollout.store.StoreFullException} when the disk is
   *     full, {@link io.rewarddance.rollout.store.StoreFailedException} for any other failure;
   *     nothing of the file remains
   */
  public static PreferenceFile write(Path target, PreferenceSet set) throws StoreException {
    Path temporary = target.resolveSibling(target.getFileName() + ".tmp");
    try {
      Path directory = target.toAbsolutePath().getParent();
      Files.createDirectories(directory);
      Files.deleteIfExists(temporary);
      PreferenceFile written = writeTemporary(temporary, set);
      Durable.move(temporary, target);
      return new PreferenceFile(target, written.sha256(), written.bytes(), written.set());
    } catch (IOException | RuntimeException e) {
      Disk.deleteQuietly(temporary, e);
      throw Disk.classed(target, e);
    }
  }

  private static PreferenceFile writeTemporary(Path temporary, PreferenceSet set)
      throws IOException {
    PreferenceEncoder.write(temporary, set);
    try (FileChannel channel =
        FileChannel.open(temporary, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      PreferenceEncoder.fillImages(channel, set.images());
      Trailer.append(channel, PreferenceFormat.VERSION);
      channel.force(true);
    }
    PreferenceFile read = PreferenceReader.read(temporary);
    if (!read.set().equals(set)) {
      throw new IOException("read back and compared: not what was written");
    }
    return read;
  }
}
