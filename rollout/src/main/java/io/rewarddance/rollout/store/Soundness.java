package io.rewarddance.rollout.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/** Decides, before anything is parsed, whether every byte of a file is as it was written. */
final class Soundness {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};
  private static final int SUPERBLOCK_BYTES = 48;
  private static final int END_OF_FILE_AT = 28;
  private static final int NAME_WITHIN_BYTES = 1 << 16;

  private Soundness() {}

  /**
   * @return sha-256 of the whole file, hex
   * @throws StoreException saying what is wrong with the file
   */
  static String check(Path path, FileChannel channel) throws StoreException, IOException {
    Trailer trailer = Trailer.read(channel);
    if (trailer == null) {
      throw withoutTrailer(path, channel);
    }
    String sha256 = trailer.verify(channel);
    if (sha256 == null) {
      throw new RolloutFileCorruptException(
          path, "the digest in its trailer isn't that of its " + channel.size() + " bytes", null);
    }
    if (!RolloutFormat.isReadable(trailer.formatVersion())) {
      throw version(path, trailer.formatVersion());
    }
    return sha256;
  }

  static RolloutFileVersionException version(Path path, int version) {
    return new RolloutFileVersionException(
        path,
        "format_version: "
            + version
            + " (expected: "
            + RolloutFormat.OLDEST_VERSION
            + " to "
            + RolloutFormat.VERSION
            + ")");
  }

  /** Tells a file that was cut short or damaged at its end from one that was never ours. */
  private static StoreException withoutTrailer(Path path, FileChannel channel) throws IOException {
    long size = channel.size();
    ByteBuffer start =
        ByteBuffer.allocate((int) Math.min(size, NAME_WITHIN_BYTES)).order(ByteOrder.LITTLE_ENDIAN);
    Trailer.readFully(channel, start, 0);
    int prefix = Math.min(SIGNATURE.length, start.limit());
    boolean hdf5 = Arrays.equals(start.array(), 0, prefix, SIGNATURE, 0, prefix);
    if (!hdf5) {
      return new RolloutFileForeignException(path, "not an HDF5 file");
    }
    long end = size < SUPERBLOCK_BYTES ? Long.MAX_VALUE : start.getLong(END_OF_FILE_AT);
    boolean named =
        new String(start.array(), StandardCharsets.ISO_8859_1).contains(RolloutFormat.NAME);
    if (size < end || named && size < end + Trailer.BYTES) {
      return new RolloutFileTruncatedException(
          path, size + " bytes (expected: an HDF5 part and a trailer of 64 bytes)");
    }
    if (named) {
      return new RolloutFileCorruptException(path, "its last 64 bytes aren't a trailer", null);
    }
    return new RolloutFileForeignException(
        path, "an HDF5 file, but not of format " + RolloutFormat.NAME);
  }
}
