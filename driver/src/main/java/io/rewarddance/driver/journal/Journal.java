package io.rewarddance.driver.journal;

import io.rewarddance.rollout.durable.Durable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * Appends to a journal. When {@link #append} returns the line is on disk. Holds a lock, so that two
 * drivers can't work on one run. Not for several threads.
 */
public final class Journal implements AutoCloseable {
  private final FileChannel file;
  private final JournalLock lock;
  private String digest;

  /** Length of all whole lines. What may be beyond it was never acknowledged. */
  private long end;

  private Journal(FileChannel file, JournalLock lock, long end, String digest) {
    this.file = file;
    this.lock = lock;
    this.end = end;
    this.digest = digest;
  }

  /**
   * Starts a journal.
   *
   * @throws java.nio.file.FileAlreadyExistsException when there is one
   */
  public static Journal create(Path path) throws IOException {
    return opened(
        path,
        lock -> {
          FileChannel file =
              FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
          Durable.forceDirectory(path.toAbsolutePath().getParent());
          return new Journal(file, lock, 0, JournalText.GENESIS);
        });
  }

  /**
   * Goes on with a journal where its last whole line ends; a torn line is cut off.
   *
   * @param content what {@link JournalReader} read of it
   * @throws JournalException when another driver has it, or wrote to it since it was read
   */
  public static Journal append(Path path, JournalReader.Content content) throws IOException {
    return opened(
        path,
        lock -> {
          FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE);
          Journal journal =
              new Journal(file, lock, content.soundBytes(), lastDigest(content.lines()));
          try {
            journal.checkLength(path, content.soundBytes() + content.tornBytes());
            file.truncate(journal.end);
            file.force(true);
            return journal;
          } catch (IOException e) {
            file.close();
            throw e;
          }
        });
  }

  private interface Opening {
    Journal open(JournalLock lock) throws IOException;
  }

  /** The lock comes first: whoever has it may trust what is in the file. */
  private static Journal opened(Path path, Opening opening) throws IOException {
    JournalLock lock = JournalLock.take(path);
    boolean opened = false;
    try {
      Journal journal = opening.open(lock);
      opened = true;
      return journal;
    } finally {
      if (!opened) {
        lock.close();
      }
    }
  }

  /** Lines written between reading and locking would be cut off as if they were torn. */
  private void checkLength(Path path, long read) throws IOException {
    if (file.size() != read) {
      throw new JournalException(
          path + ": " + file.size() + " bytes (expected: " + read + ", as when it was read)");
    }
  }

  private static String lastDigest(List<JournalLine> lines) {
    return lines.isEmpty() ? JournalText.GENESIS : lines.get(lines.size() - 1).digest();
  }

  /**
   * Writes one line and forces it to disk.
   *
   * @throws IOException when it isn't there for certain, for example because the disk is full; the
   *     line counts as never written, and the next one takes its place
   */
  public JournalLine append(Kind kind, ObjectNode data, ObjectNode machine) throws IOException {
    JournalLine line = new JournalLine(kind, data, machine, JournalText.digest(digest, kind, data));
    byte[] bytes = (line.text() + "\n").getBytes(StandardCharsets.UTF_8);
    if (file.size() > end) {
      file.truncate(end);
    }
    try {
      write(bytes);
    } catch (IOException e) {
      takeBack(e);
      throw e;
    }
    end += bytes.length;
    digest = line.digest();
    return line;
  }

  private void write(byte[] line) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(line);
    while (bytes.hasRemaining()) {
      file.write(bytes, end + bytes.position());
    }
    file.force(false);
  }

  /** What can't be taken back now is by the next line, or by whoever resumes. */
  private void takeBack(IOException reason) {
    try {
      file.truncate(end);
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
  }

  /** The digest of everything so far. */
  public String digest() {
    return digest;
  }

  @Override
  public void close() throws IOException {
    try (lock) {
      file.close();
    }
  }
}
