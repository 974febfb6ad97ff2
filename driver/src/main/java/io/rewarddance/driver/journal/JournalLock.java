package io.rewarddance.driver.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps a second driver from a run. The lock is on a file beside the journal and not on the journal
 * itself: a POSIX lock is gone as soon as its process closes <em>any</em> handle on the file, and
 * this process reads its own journal (for the report, for the dashboard). The lock file stays when
 * the lock is released; it is empty and means nothing by itself.
 */
final class JournalLock implements AutoCloseable {
  /** What this JVM holds: to find out from the file would mean to open, and so to close, it. */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;

  private JournalLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * @throws JournalException when it is taken
   */
  static JournalLock take(Path journal) throws IOException {
    Path directory = journal.toAbsolutePath().getParent().toRealPath();
    Path file = directory.resolve(journal.getFileName() + ".lock");
    if (!HELD.add(file)) {
      throw taken(journal);
    }
    FileChannel channel = null;
    boolean locked = false;
    try {
      channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      locked = channel.tryLock() != null;
    } finally {
      if (!locked) {
        release(file, channel);
      }
    }
    if (!locked) {
      throw taken(journal);
    }
    return new JournalLock(file, channel);
  }

  private static JournalException taken(Path journal) {
    return new JournalException(journal + ": another driver is at work on this run");
  }

  private static void release(Path file, FileChannel channel) throws IOException {
    try {
      if (channel != null) {
        channel.close();
      }
    } finally {
      HELD.remove(file);
    }
  }

  @Override
  public void close() throws IOException {
    if (channel.isOpen()) {
      release(file, channel);
    }
  }
}
