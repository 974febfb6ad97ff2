package io.rewarddance.proto.tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Makes tensors from typed arrays. Byte arrays are not copied and belong to the tensor from then
 * on; all other arrays are copied into wire order. Every factory refuses an array whose length is
 * not the shape's element count with a {@link TensorException}.
 */
public final class Tensors {
  private Tensors() {}

  public static Tensor ofBool(String name, long[] shape, boolean... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) (values[i] ? 1 : 0);
    }
    return Tensor.of(name, DataType.BOOL, shape, ByteBuffer.wrap(bytes));
  }

  /** UINT8 over {@code values}, which are not copied. */
  public static Tensor ofUint8(String name, long[] shape, byte... values) {
    return Tensor.of(name, DataType.UINT8, shape, ByteBuffer.wrap(values));
  }

  /** UINT8 over the pieces one after another, none of which is copied. */
  public static Tensor ofUint8(String name, long[] shape, List<byte[]> pieces) {
    return Tensor.of(name, DataType.UINT8, shape, Content.of(pieces));
  }

  /** INT8 over {@code values}, which are not copied. */
  public static Tensor ofInt8(String name, long[] shape, byte... values) {
    return Tensor.of(name, DataType.INT8, shape, ByteBuffer.wrap(values));
  }

  public static Tensor ofInt16(String name, long[] shape, short... values) {
    ByteBuffer data = allocate(values.length, Short.BYTES);
    data.asShortBuffer().put(values);
    return Tensor.of(name, DataType.INT16, shape, data);
  }

  public static Tensor ofInt32(String name, long[] shape, int... values) {
    ByteBuffer data = allocate(values.length, Integer.BYTES);
    data.asIntBuffer().put(values);
    return Tensor.of(name, DataType.INT32, shape, data);
  }

  public static Tensor ofInt64(String name, long[] shape, long... values) {
    ByteBuffer data = allocate(values.length, Long.BYTES);
    data.asLongBuffer().put(values);
    return Tensor.of(name, DataType.INT64, shape, data);
  }

  public static Tensor ofFp32(String name, long[] shape, float... values) {
    ByteBuffer data = allocate(values.length, Float.BYTES);
    data.asFloatBuffer().put(values);
    return Tensor.of(name, DataType.FP32, shape, data);
  }

  public static Tensor ofFp64(String name, long[] shape, double... values) {
    ByteBuffer data = allocate(values.length, Double.BYTES);
    data.asDoubleBuffer().put(values);
    return Tensor.of(name, DataType.FP64, shape, data);
  }

  /** FP16, each value rounded to the nearest. */
  public static Tensor ofFp16(String name, long[] shape, float... values) {
    ByteBuffer data = allocate(values.length, Short.BYTES);
    for (int i = 0; i < values.length; i++) {
      data.putShort(2 * i, HalfFloats.toFp16(values[i]));
    }
    return Tensor.of(name, DataType.FP16, shape, data);
  }

  /** BF16, each value rounded to the nearest. */
  public static Tensor ofBf16(String name, long[] shape, float... values) {
    ByteBuffer data = allocate(values.length, Short.BYTES);
    for (int i = 0; i < values.length; i++) {
      data.putShort(2 * i, HalfFloats.toBf16(values[i]));
    }
    return Tensor.of(name, DataType.BF16, shape, data);
  }

  public static Tensor ofBytes(String name, long[] shape, List<byte[]> values) {
    return Tensor.of(name, DataType.BYTES, shape, BytesElements.encode(values));
  }

  /** BYTES holding each text as UTF-8. */
  public static Tensor ofStrings(String name, long[] shape, String... values) {
    List<byte[]> elements =
        Arrays.stream(values).map(text -> text.getBytes(StandardCharsets.UTF_8)).toList();
    return ofBytes(name, shape, elements);
  }

  /** A tensor of zeros; of empty strings for BYTES. */
  public static Tensor zeros(String name, DataType type, long... shape) {
    int elementBytes = type == DataType.BYTES ? Integer.BYTES : type.byteSize();
    int bytes = Math.toIntExact(Math.multiplyExact(Shapes.elementCount(shape), elementBytes));
    return Tensor.of(name, type, shape, ByteBuffer.allocate(bytes));
  }

  /**
   * Joins tensors of one type along their first dimension; name and type are the first's. A single
   * part is returned as it is, without a copy.
   *
   * @throws TensorException when types or row shapes differ
   */
  public static Tensor concat(List<Tensor> parts) {
    Tensor first = parts.get(0);
    if (parts.size() == 1) {
      return first;
    }
    long[] rowShape = Shapes.rowShape(first.shape());
    long rows = 0;
    long bytes = 0;
    for (Tensor part : parts) {
      if (part.type() != first.type() || !Arrays.equals(Shapes.rowShape(part.shape()), rowShape)) {
        throw new TensorException("tensor '" + first.name() + "': " + part + " after " + first);
      }
      rows += part.dimension(0);
      bytes += part.byteSize();
    }
    ByteBuffer joined = ByteBuffer.allocate(Math.toIntExact(bytes));
    parts.forEach(part -> joined.put(part.data()));
    return Tensor.of(first.name(), first.type(), Shapes.withRows(rows, rowShape), joined.flip());
  }

  static String utf8(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static ByteBuffer allocate(int count, int elementBytes) {
    return ByteBuffer.allocate(Math.multiplyExact(count, elementBytes))
        .order(ByteOrder.LITTLE_ENDIAN);
  }
}
