package io.rewarddance.proto.tensor;

import java.util.Arrays;
import java.util.List;

/** Arithmetic on tensor shapes. */
public final class Shapes {
  private Shapes() {}

  /**
   * Number of elements; 1 for the shape of a scalar.
   *
   * @throws TensorException for a negative dimension, or more elements than a long holds
   */
  public static long elementCount(long... shape) {
    long count = 1;
    for (long dimension : shape) {
      if (dimension < 0) {
        throw new TensorException("shape: " + text(shape) + " (expected: dimensions >= 0)");
      }
      try {
        count = Math.multiplyExact(count, dimension);
      } catch (ArithmeticException e) {
        throw new TensorException("shape: " + text(shape) + " (expected: fewer elements)");
      }
    }
    return count;
  }

  /** As Triton prints shapes: {@code [2,3]}. */
  public static String text(long... shape) {
    StringBuilder text = new StringBuilder("[");
    for (int i = 0; i < shape.length; i++) {
      text.append(i == 0 ? "" : ",").append(shape[i]);
    }
    return text.append(']').toString();
  }

  /** The shape as an array, from a protobuf field. */
  public static long[] of(List<Long> dimensions) {
    return dimensions.stream().mapToLong(Long::longValue).toArray();
  }

  /** A copy with {@code rows} put before the shape of one row. */
  public static long[] withRows(long rows, long... rowShape) {
    long[] shape = new long[rowShape.length + 1];
    shape[0] = rows;
    System.arraycopy(rowShape, 0, shape, 1, rowShape.length);
    return shape;
  }

  /** The shape without its first dimension. */
  public static long[] rowShape(long... shape) {
    return Arrays.copyOfRange(shape, 1, shape.length);
  }
}
