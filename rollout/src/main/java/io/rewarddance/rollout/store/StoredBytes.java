package io.rewarddance.rollout.store;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;

/** Hands array elements to a checksum as HDF5 stores them: little-endian, row-major. */
final class StoredBytes {
  private static final int CHUNK_BYTES = 1 << 14;

  private final Sink sink;
  private final ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES).order(ByteOrder.LITTLE_ENDIAN);

  /** Such as {@code crc::update} or {@code digest::update}. */
  interface Sink {
    void update(byte[] bytes, int from, int count);
  }

  /** Elements of a column, as they are added. */
  interface Column {
    void addTo(StoredBytes bytes);
  }

  StoredBytes(Sink sink) {
    this.sink = sink;
  }

  /** CRC-32 of a column, as zlib's, to be read without sign. */
  static int crc32(Column column) {
    CRC32 crc = new CRC32();
    column.addTo(new StoredBytes(crc::update));
    return (int) crc.getValue();
  }

  StoredBytes add(byte[] values) {
    sink.update(values, 0, values.length);
    return this;
  }

  StoredBytes add(float[] values) {
    int step = CHUNK_BYTES / Float.BYTES;
    for (int from = 0; from < values.length; from += step) {
      int count = Math.min(step, values.length - from);
      chunk.asFloatBuffer().put(values, from, count);
      sink.update(chunk.array(), 0, count * Float.BYTES);
    }
    return this;
  }

  StoredBytes add(double[] values) {
    for (double value : values) {
      sink.update(chunk.putDouble(0, value).array(), 0, Double.BYTES);
    }
    return this;
  }

  StoredBytes add(long[] values) {
    for (long value : values) {
      sink.update(chunk.putLong(0, value).array(), 0, Long.BYTES);
    }
    return this;
  }

  StoredBytes add(int[] values) {
    for (int value : values) {
      sink.update(chunk.putInt(0, value).array(), 0, Integer.BYTES);
    }
    return this;
  }
}
