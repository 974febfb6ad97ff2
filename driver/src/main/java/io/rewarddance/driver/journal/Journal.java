package io.rewarddance.driver.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * Appends to a journal. When {@link #append} returns the line is on disk. Holds a lock on the file,
 * so that two processes can't drive one run. Not for several threads.
 */
public final class Journal implements AutoCloseable {
  private final FileChannel file;
  private String digest;

  private Journal(FileChannel file, String digest) {
    this.file = file;
    this.digest = digest;
  }

  /**
   * Starts a journal.
   *
   * @throws java.nio.file.FileAlreadyExistsException when there is one
   */
  public static Journal create(Path path) throws IOException {
    FileChannel file =
        FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    lock(file, path);
    Durable.forceDirectory(path.toAbsolutePath().getParent());
    return new Journal(file, JournalText.GENESIS);
  }

  /**
   * Goes on with a journal where its last whole line ends; a torn line is cut off.
   *
   * @param content what {@link JournalReader} read of it
   */
  public static Journal append(Path path, JournalReader.Content content) throws IOException {
    FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE);
    lock(file, path);
    file.truncate(content.soundBytes());
    file.position(content.soundBytes());
    file.force(true);
    return new Journal(file, lastDigest(content.lines()));
  }

  private static void lock(FileChannel file, Path path) throws IOException {
    FileLock lock = null;
    try {
      lock = file.tryLock();
    } catch (OverlappingFileLockException e) {
      // The same JVM holds it: no better than another process.
    }
    if (lock == null) {
      file.close();
      throw new JournalException(path + ": another driver is at work on this run");
    }
  }

  private static String lastDigest(List<JournalLine> lines) {
    return lines.isEmpty() ? JournalText.GENESIS : lines.get(lines.size() - 1).digest();
  }

  /**
   * Writes one line and forces it to disk.
   *
   * @throws IOException when it isn't there for certain, for example because the disk is full; the
   *     journal then ends with its last whole line
   */
  public JournalLine append(Kind kind, ObjectNode data, ObjectNode machine) throws IOException {
    JournalLine line = new JournalLine(kind, data, machine, JournalText.digest(digest, kind, data));
    long end = file.position();
    try {
      ByteBuffer bytes = ByteBuffer.wrap((line.text() + "\n").getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
      file.force(false);
    } catch (IOException e) {
      file.truncate(end);
      file.position(end);
      throw e;
    }
    digest = line.digest();
    return line;
  }

  /** The digest of everything so far. */
  public String digest() {
    return digest;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
