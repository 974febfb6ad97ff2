package io.rewarddance.rollout.store;

import io.rewarddance.rollout.digest.Sha256;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;

/** SHA-256 over array elements as HDF5 stores them: little-endian, row-major. */
final class DatasetDigest {
  private static final int CHUNK_BYTES = 1 << 16;

  private final MessageDigest digest = Sha256.fresh();
  private final ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES).order(ByteOrder.LITTLE_ENDIAN);

  DatasetDigest add(byte[] values) {
    digest.update(values);
    return this;
  }

  DatasetDigest add(float[] values) {
    int step = CHUNK_BYTES / Float.BYTES;
    for (int from = 0; from < values.length; from += step) {
      int count = Math.min(step, values.length - from);
      chunk.asFloatBuffer().put(values, from, count);
      digest.update(chunk.array(), 0, count * Float.BYTES);
    }
    return this;
  }

  DatasetDigest add(double[] values) {
    for (double value : values) {
      digest.update(chunk.putDouble(0, value).array(), 0, Double.BYTES);
    }
    return this;
  }

  DatasetDigest add(long[] values) {
    for (long value : values) {
      digest.update(chunk.putLong(0, value).array(), 0, Long.BYTES);
    }
    return this;
  }

  DatasetDigest add(int[] values) {
    for (int value : values) {
      digest.update(chunk.putInt(0, value).array(), 0, Integer.BYTES);
    }
    return this;
  }

  /** Ends the digest: lower-case hex. */
  String hex() {
    return Sha256.hex(digest);
  }
}
