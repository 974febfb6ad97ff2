package io.rewarddance.driver.paper.work;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;

/** Keeps two processes from working in one directory; ends with the process, however it ends. */
public final class OutLock implements AutoCloseable {
  private final FileChannel channel;

  private OutLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * @throws IOException when another one is at work there, or the directory can't be written
   */
  public static OutLock take(Layout layout) throws IOException {
    Files.createDirectories(layout.out());
    FileChannel channel =
        FileChannel.open(
            layout.out().resolve("reproduction.lock"),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE);
    boolean locked = false;
    try {
      locked = channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      locked = false;
    } finally {
      if (!locked) {
        channel.close();
      }
    }
    if (!locked) {
      throw new IOException(layout.out() + ": another reproduction is at work there");
    }
    return new OutLock(channel);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
