package io.rewarddance.rollout.preference;

import io.jhdf.HdfFile;
import io.jhdf.exceptions.HdfException;
import io.rewarddance.rollout.digest.Sha256;
import io.rewarddance.rollout.preference.PreferenceFileException.Kind;
import io.rewarddance.rollout.store.Trailer;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;

/** Reads preference files, whoever wrote them. */
public final class PreferenceReader {
  private PreferenceReader() {}

  /**
   * Reads a file whose digest isn't known beforehand.
   *
   * @throws PreferenceFileException saying what is wrong with the file
   */
  public static PreferenceFile read(Path path) throws PreferenceFileException {
    return open(path, null);
  }

  /**
   * Reads the file that a request or a journal names.
   *
   * @param expectedSha256 lower-case hex digest of the whole file
   * @throws PreferenceFileException saying what is wrong with the file
   */
  public static PreferenceFile read(Path path, String expectedSha256)
      throws PreferenceFileException {
    if (expectedSha256 == null) {
      throw new IllegalArgumentException("expectedSha256: null (expected: a sha-256)");
    }
    return open(path, expectedSha256);
  }

  private static PreferenceFile open(Path path, String expectedSha256)
      throws PreferenceFileException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      Hdf5Extent.check(path, channel);
      String sha256 = sha256(channel);
      if (expectedSha256 != null && !expectedSha256.equals(sha256)) {
        throw new PreferenceFileException(
            Kind.MISMATCH,
            path,
            "sha-256: " + sha256 + " (expected: " + expectedSha256 + ")",
            null);
      }
      return new PreferenceFile(path, sha256, channel.size(), parse(path, channel));
    } catch (PreferenceFileException e) {
      throw e;
    } catch (NoSuchFileException e) {
      throw new PreferenceFileException(Kind.MISSING, path, "no such file", e);
    } catch (IOException e) {
      throw new PreferenceFileException(
          Kind.UNREADABLE, path, "not readable: " + e.getMessage(), e);
    }
  }

  /** The content of a file whose bytes are known to be all there. */
  static PreferenceSet parse(Path path, FileChannel channel)
      throws PreferenceFileException, IOException {
    try {
      // Not closed: closing it would close the channel, which is its caller's.
      @SuppressWarnings("resource")
      HdfFile file = new HdfFile(channel);
      Hdf5Columns columns = new Hdf5Columns(file, channel);
      requireFormat(path, columns);
      return PreferenceLayout.read(columns);
    } catch (IllegalArgumentException e) {
      throw new PreferenceFileException(Kind.CONTENT, path, e.getMessage(), e);
    } catch (HdfException | IndexOutOfBoundsException | java.nio.BufferUnderflowException e) {
      throw new PreferenceFileException(
          Kind.CORRUPT, path, "not readable as HDF5: " + e.getMessage(), e);
    }
  }

  private static void requireFormat(Path path, Hdf5Columns columns) throws PreferenceFileException {
    String format = columns.note(PreferenceFormat.FORMAT).orElse("none");
    if (!format.equals(PreferenceFormat.NAME)) {
      throw new PreferenceFileException(
          Kind.FOREIGN,
          path,
          "attribute format: " + format + " (expected: " + PreferenceFormat.NAME + ")",
          null);
    }
    String version = columns.note(PreferenceFormat.FORMAT_VERSION).orElse("none");
    if (!version.equals(String.valueOf(PreferenceFormat.VERSION))) {
      throw new PreferenceFileException(
          Kind.VERSION,
          path,
          "format_version: " + version + " (expected: " + PreferenceFormat.VERSION + ")",
          null);
    }
  }

  private static String sha256(FileChannel channel) throws IOException {
    MessageDigest digest = Sha256.fresh();
    Trailer.hash(channel, 0, channel.size(), digest);
    return Sha256.hex(digest);
  }
}
