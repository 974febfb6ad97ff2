package io.rewarddance.proto.tensor;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * A named, immutable tensor over its wire bytes: row-major, little-endian; BYTES elements are
 * length-prefixed.
 *
 * <p>No bytes are copied on the way from a message to a tensor and back. So bytes given to a
 * factory that says "not copied" belong to the tensor from then on: changing them later changes
 * what is sent. {@link Tensors} has the factories from typed arrays.
 */
public final class Tensor {
  private final String name;
  private final DataType type;
  private final long[] shape;
  private final Content content;

  private Tensor(String name, DataType type, long[] shape, Content content) {
    this.name = name;
    this.type = type;
    this.shape = shape;
    this.content = content;
  }

  /**
   * A tensor over the remaining bytes of {@code data}, which are not copied.
   *
   * @throws TensorException when the bytes are not what type and shape ask for
   */
  public static Tensor of(String name, DataType type, long[] shape, ByteBuffer data) {
    return of(name, type, shape, Content.of(data));
  }

  static Tensor of(String name, DataType type, long[] shape, Content content) {
    long count = Shapes.elementCount(shape);
    if (type == DataType.BYTES) {
      BytesElements.check(name, content.flat(), count);
    } else if (count > Integer.MAX_VALUE || count * type.byteSize() != content.size()) {
      throw new TensorException(
          "tensor '%s': %d bytes (expected: %s for %s %s)"
              .formatted(
                  name,
                  content.size(),
                  wireBytes(count, type),
                  type.wireName(),
                  Shapes.text(shape)));
    }
    return new Tensor(name, type, shape.clone(), content);
  }

  /** A tensor over the bytes of a message, which are not copied. */
  public static Tensor of(String name, DataType type, long[] shape, ByteString data) {
    return of(name, type, shape, Content.of(data));
  }

  private static String wireBytes(long count, DataType type) {
    return count > Long.MAX_VALUE / type.byteSize()
        ? "more than fit"
        : Long.toString(count * type.byteSize());
  }

  public String name() {
    return name;
  }

  public DataType type() {
    return type;
  }

  /** A copy of the shape. */
  public long[] shape() {
    return shape.clone();
  }

  public int rank() {
    return shape.length;
  }

  public long dimension(int index) {
    return shape[index];
  }

  public int elementCount() {
    return (int) Shapes.elementCount(shape);
  }

  public int byteSize() {
    return content.size();
  }

  /**
   * A fresh read-only little-endian view of the wire bytes. Nothing is copied, unless the tensor
   * was made of several pieces.
   */
  public ByteBuffer data() {
    return content.flat().duplicate().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The wire bytes for a message; nothing is copied. */
  public ByteString toByteString() {
    return content.wire();
  }

  public boolean[] bools() {
    requireType(DataType.BOOL);
    boolean[] values = new boolean[elementCount()];
    ByteBuffer bytes = content.flat();
    for (int i = 0; i < values.length; i++) {
      values[i] = bytes.get(i) != 0;
    }
    return values;
  }

  /** Elements of a one-byte integer type (signed or not), as they lie on the wire. */
  public byte[] int8s() {
    requireType(DataType.INT8, DataType.UINT8, DataType.BOOL);
    byte[] values = new byte[elementCount()];
    data().get(values);
    return values;
  }

  /** Elements of a two-byte integer type (signed or not). */
  public short[] int16s() {
    requireType(DataType.INT16, DataType.UINT16);
    short[] values = new short[elementCount()];
    data().asShortBuffer().get(values);
    return values;
  }

  /** Elements of a four-byte integer type (signed or not). */
  public int[] int32s() {
    requireType(DataType.INT32, DataType.UINT32);
    int[] values = new int[elementCount()];
    data().asIntBuffer().get(values);
    return values;
  }

  /** Elements of an eight-byte integer type (signed or not). */
  public long[] int64s() {
    requireType(DataType.INT64, DataType.UINT64);
    long[] values = new long[elementCount()];
    data().asLongBuffer().get(values);
    return values;
  }

  /** Elements of FP32, FP16 or BF16; the 16-bit types are widened exactly. */
  public float[] floats() {
    requireType(DataType.FP32, DataType.FP16, DataType.BF16);
    float[] values = new float[elementCount()];
    if (type == DataType.FP32) {
      data().asFloatBuffer().get(values);
      return values;
    }
    ByteBuffer halves = data();
    for (int i = 0; i < values.length; i++) {
      short half = halves.getShort(2 * i);
      values[i] = type == DataType.FP16 ? HalfFloats.fromFp16(half) : HalfFloats.fromBf16(half);
    }
    return values;
  }

  public double[] doubles() {
    requireType(DataType.FP64);
    double[] values = new double[elementCount()];
    data().asDoubleBuffer().get(values);
    return values;
  }

  /** Elements of BYTES. */
  public List<byte[]> bytes() {
    requireType(DataType.BYTES);
    return BytesElements.decode(content.flat());
  }

  /** Elements of BYTES as UTF-8 text. */
  public List<String> strings() {
    return bytes().stream().map(Tensors::utf8).toList();
  }

  private void requireType(DataType... readable) {
    if (!Arrays.asList(readable).contains(type)) {
      throw new TensorException(
          "tensor '%s': is %s (expected: %s)"
              .formatted(name, type.wireName(), Arrays.toString(readable)));
    }
  }

  /** The same tensor under another name. */
  public Tensor renamed(String newName) {
    return new Tensor(newName, type, shape, content);
  }

  /**
   * The same elements in another shape.
   *
   * @throws TensorException when the number of elements differs
   */
  public Tensor reshaped(long... newShape) {
    if (Shapes.elementCount(newShape) != elementCount()) {
      throw new TensorException(
          "tensor '%s': shape %s can't become %s"
              .formatted(name, Shapes.text(shape), Shapes.text(newShape)));
    }
    return new Tensor(name, type, newShape.clone(), content);
  }

  /** Rows {@code from} (inclusive) to {@code to} (exclusive) of the first dimension, as a view. */
  public Tensor rows(int from, int to) {
    if (rank() == 0 || from < 0 || to < from || to > shape[0]) {
      throw new TensorException(
          "tensor '%s': rows %d to %d of shape %s".formatted(name, from, to, Shapes.text(shape)));
    }
    long[] rowShape = Shapes.rowShape(shape);
    long rowElements = Shapes.elementCount(rowShape);
    int start = byteOffset(from * rowElements);
    int end = byteOffset(to * rowElements);
    return new Tensor(
        name, type, Shapes.withRows((long) to - from, rowShape), content.part(start, end));
  }

  private int byteOffset(long element) {
    return type == DataType.BYTES
        ? BytesElements.offset(content.flat(), element)
        : (int) (element * type.byteSize());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Tensor tensor
        && name.equals(tensor.name)
        && type == tensor.type
        && Arrays.equals(shape, tensor.shape)
        && content.wire().equals(tensor.content.wire());
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + Arrays.hashCode(shape);
  }

  @Override
  public String toString() {
    return name + " " + type.wireName() + " " + Shapes.text(shape);
  }
}
