package io.rewarddance.rollout.store;

import io.jhdf.api.DatasetCreationOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * A column of equal rows that is most of a file, R rollouts its first dimension, as the
 * little-endian bytes that the file holds. They are written, hashed and compared block by block,
 * and never copied as a whole.
 */
abstract class BulkRows {
  /** Several of these fit into a core's cache. */
  private static final int BLOCK_BYTES = 1 << 18;

  private final int rows;
  private final int rowBytes;

  private BulkRows(int rows, int rowBytes) {
    this.rows = rows;
    this.rowBytes = rowBytes;
  }

  /** Dataset {@code [R][width]} of unsigned bytes. */
  static BulkRows of(byte[][] rows) {
    return new Bytes(rows);
  }

  /**
   * Dataset {@code [R][states][D]} of floats.
   *
   * @param rows {@code [R][states * D]}
   */
  static BulkRows of(float[][] rows, int states) {
    return new Floats(rows, states);
  }

  /** An array of the dataset's type and dimensions, whose elements don't matter. */
  abstract Object prototype();

  abstract DatasetCreationOptions options();

  /** Adds all rows, in order. */
  abstract void addTo(StoredBytes bytes);

  /** Fills a little-endian buffer with a row's bytes from an offset on. */
  abstract void get(int row, int offset, ByteBuffer target);

  final long bytes() {
    return (long) rows * rowBytes;
  }

  final int crc32() {
    return StoredBytes.crc32(this::addTo);
  }

  final void hash(MessageDigest digest) {
    addTo(new StoredBytes(digest::update));
  }

  final void write(FileChannel channel, long address) throws IOException {
    ByteBuffer block = block();
    for (long at = 0; at < bytes(); at += block.limit()) {
      fill(block, at);
      while (block.hasRemaining()) {
        channel.write(block, address + at + block.position());
      }
    }
  }

  /**
   * Compares every byte with what the file holds at an address.
   *
   * @return the first row that differs, or -1
   */
  final int firstDifference(FileChannel channel, long address) throws IOException {
    ByteBuffer expected = block();
    ByteBuffer found = block();
    for (long at = 0; at < bytes(); at += expected.limit()) {
      fill(expected, at);
      Trailer.readFully(channel, found.clear().limit(expected.limit()), address + at);
      int difference = expected.mismatch(found.flip());
      if (difference >= 0) {
        return (int) ((at + difference) / rowBytes);
      }
    }
    return -1;
  }

  private ByteBuffer block() {
    int size = (int) Math.min(BLOCK_BYTES, bytes());
    return ByteBuffer.allocateDirect(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The column's bytes from {@code at} on, across rows, as many as there are and fit. */
  private void fill(ByteBuffer block, long at) {
    int end = (int) Math.min(block.capacity(), bytes() - at);
    block.clear();
    while (block.position() < end) {
      long from = at + block.position();
      int offset = (int) (from % rowBytes);
      block.limit(block.position() + Math.min(end - block.position(), rowBytes - offset));
      get((int) (from / rowBytes), offset, block);
    }
    block.flip();
  }

  private static final class Bytes extends BulkRows {
    private final byte[][] rows;

    Bytes(byte[][] rows) {
      super(rows.length, rows[0].length);
      this.rows = rows;
    }

    @Override
    Object prototype() {
      return rows;
    }

    @Override
    DatasetCreationOptions options() {
      return Hdf5Encoder.UNSIGNED;
    }

    @Override
    void addTo(StoredBytes bytes) {
      for (byte[] row : rows) {
        bytes.add(row);
      }
    }

    @Override
    void get(int row, int offset, ByteBuffer target) {
      target.put(rows[row], offset, target.remaining());
    }
  }

  private static final class Floats extends BulkRows {
    private final float[][] rows;
    private final int states;

    Floats(float[][] rows, int states) {
      super(rows.length, Math.multiplyExact(rows[0].length, Float.BYTES));
      this.rows = rows;
      this.states = states;
    }

    @Override
    Object prototype() {
      float[][] row = new float[states][];
      Arrays.fill(row, new float[rows[0].length / states]);
      float[][][] all = new float[rows.length][][];
      Arrays.fill(all, row);
      return all;
    }

    @Override
    DatasetCreationOptions options() {
      return DatasetCreationOptions.DEFAULT;
    }

    @Override
    void addTo(StoredBytes bytes) {
      for (float[] row : rows) {
        bytes.add(row);
      }
    }

    @Override
    void get(int row, int offset, ByteBuffer target) {
      int count = target.remaining() / Float.BYTES;
      target.asFloatBuffer().put(rows[row], offset / Float.BYTES, count);
      target.position(target.limit());
    }
  }
}
