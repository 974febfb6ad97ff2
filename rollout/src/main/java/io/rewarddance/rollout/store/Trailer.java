package io.rewarddance.rollout.store;

import io.rewarddance.rollout.digest.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The last 64 bytes of a rollout file, after the HDF5 part, where HDF5 readers don't look: magic
 * (16), format version (4), zeros (4), length of the HDF5 part (8), and the sha-256 of all bytes
 * before it (32). Little-endian. Its digest lets a reader refuse a damaged file before parsing it.
 *
 * @param formatVersion the file's format version
 * @param contentBytes length of the HDF5 part
 * @param sha256 digest of the HDF5 part and of the trailer up to here
 */
public record Trailer(int formatVersion, long contentBytes, byte[] sha256) {
  public static final int BYTES = 64;
  private static final byte[] MAGIC = "rewarddance-end\n".getBytes(StandardCharsets.US_ASCII);
  private static final int DIGEST_BYTES = 32;
  private static final int READ_BYTES = 1 << 20;

  /**
   * Hashes the file and ends it with its trailer.
   *
   * @return sha-256 of the whole file, hex
   */
  public static String append(FileChannel channel, int formatVersion) throws IOException {
    MessageDigest digest = Sha256.fresh();
    hash(channel, 0, channel.size(), digest);
    return append(channel, formatVersion, digest);
  }

  /** As {@link #append(FileChannel, int)}, for a file whose bytes the digest has hashed. */
  static String append(FileChannel channel, int formatVersion, MessageDigest digest)
      throws IOException {
    long contentBytes = channel.size();
    byte[] head = head(formatVersion, contentBytes);
    digest.update(head);
    MessageDigest whole = copy(digest);
    byte[] end = digest.digest();
    ByteBuffer bytes = ByteBuffer.allocate(BYTES).put(head).put(end).flip();
    while (bytes.hasRemaining()) {
      channel.write(bytes, contentBytes + bytes.position());
    }
    return HexFormat.of().formatHex(whole.digest(end));
  }

  /** The trailer at the end of the file, or null when there is none. */
  public static Trailer read(FileChannel channel) throws IOException {
    long size = channel.size();
    if (size < BYTES) {
      return null;
    }
    ByteBuffer bytes = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
    readFully(channel, bytes, size - BYTES);
    if (!Arrays.equals(bytes.array(), 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      return null;
    }
    byte[] sha256 = Arrays.copyOfRange(bytes.array(), BYTES - DIGEST_BYTES, BYTES);
    return new Trailer(bytes.getInt(MAGIC.length), bytes.getLong(MAGIC.length + 8), sha256);
  }

  /**
   * Hashes the file.
   *
   * @return sha-256 of the whole file, hex; null when the bytes aren't those that were written
   */
  public String verify(FileChannel channel) throws IOException {
    if (contentBytes != channel.size() - BYTES) {
      return null;
    }
    MessageDigest digest = Sha256.fresh();
    hash(channel, 0, channel.size() - DIGEST_BYTES, digest);
    MessageDigest whole = copy(digest);
    if (!MessageDigest.isEqual(digest.digest(), sha256)) {
      return null;
    }
    return HexFormat.of().formatHex(whole.digest(sha256));
  }

  public static void readFully(FileChannel channel, ByteBuffer target, long position)
      throws IOException {
    long at = position;
    while (target.hasRemaining()) {
      int count = channel.read(target, at);
      if (count < 0) {
        throw new IOException("end of file at " + at + " while reading");
      }
      at += count;
    }
  }

  private static byte[] head(int formatVersion, long contentBytes) {
    return ByteBuffer.allocate(BYTES - DIGEST_BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(MAGIC)
        .putInt(formatVersion)
        .putInt(0)
        .putLong(contentBytes)
        .array();
  }

  /** Adds a stretch of the file to a digest. */
  public static void hash(FileChannel channel, long from, long to, MessageDigest digest)
      throws IOException {
    ByteBuffer chunk = ByteBuffer.allocate((int) Math.min(READ_BYTES, to - from));
    for (long at = from; at < to; at += chunk.limit()) {
      chunk.clear().limit((int) Math.min(chunk.capacity(), to - at));
      readFully(channel, chunk, at);
      digest.update(chunk.array(), 0, chunk.limit());
    }
  }

  private static MessageDigest copy(MessageDigest digest) {
    try {
      return (MessageDigest) digest.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the JDK's SHA-256 can be cloned", e);
    }
  }
}
