package io.rewarddance.rollout.preference;

import io.rewarddance.rollout.preference.PreferenceFileException.Kind;
import io.rewarddance.rollout.store.Trailer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Whether an HDF5 file is all there: jHDF reads wrong numbers from a truncated one without an
 * error. The superblock tells where the file ends; what follows can only be our own trailer.
 */
final class Hdf5Extent {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};
  private static final int VERSION_AT = 8;
  private static final int LARGEST_SUPERBLOCK = 52;

  /** Where a superblock of version 0, 1, 2 or 3 holds the address of the file's end. */
  private static final int[] END_AT = {40, 44, 28, 28};

  private Hdf5Extent() {}

  /**
   * @throws PreferenceFileException when it is no HDF5 file, or not all of one, or has a trailer
   *     that says otherwise
   */
  static void check(Path path, FileChannel channel) throws IOException {
    long size = channel.size();
    ByteBuffer start =
        ByteBuffer.allocate((int) Math.min(size, LARGEST_SUPERBLOCK))
            .order(ByteOrder.LITTLE_ENDIAN);
    Trailer.readFully(channel, start, 0);
    int prefix = Math.min(SIGNATURE.length, start.limit());
    if (!Arrays.equals(start.array(), 0, prefix, SIGNATURE, 0, prefix)) {
      throw new PreferenceFileException(Kind.FOREIGN, path, "not an HDF5 file", null);
    }
    if (size < LARGEST_SUPERBLOCK) {
      throw truncated(path, size, "a whole superblock");
    }
    requireEnd(path, channel, start);
  }

  private static void requireEnd(Path path, FileChannel channel, ByteBuffer start)
      throws IOException {
    int version = start.get(VERSION_AT);
    if (version < 0 || version >= END_AT.length) {
      throw new PreferenceFileException(
          Kind.CORRUPT, path, "superblock version: " + version + " (expected: 0 to 3)", null);
    }
    long size = channel.size();
    long end = start.getLong(END_AT[version]);
    if (size < end) {
      throw truncated(path, size, end + ", as its superblock says");
    }
    if (size > end) {
      requireTrailer(path, channel, end);
    }
  }

  private static void requireTrailer(Path path, FileChannel channel, long end) throws IOException {
    Trailer trailer = Trailer.read(channel);
    if (trailer == null) {
      throw new PreferenceFileException(
          Kind.CORRUPT,
          path,
          channel.size() + " bytes (expected: " + end + ", or a whole trailer after them)",
          null);
    }
    if (trailer.verify(channel) == null) {
      throw new PreferenceFileException(
          Kind.CORRUPT, path, "the digest in its trailer isn't that of its bytes", null);
    }
  }

  private static PreferenceFileException truncated(Path path, long size, String expected) {
    return new PreferenceFileException(
        Kind.TRUNCATED, path, size + " bytes (expected: " + expected + ")", null);
  }
}
