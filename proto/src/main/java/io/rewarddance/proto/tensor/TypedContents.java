package io.rewarddance.proto.tensor;

import com.google.protobuf.ByteString;
import io.rewarddance.proto.triton.InferTensorContents;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Typed contents as wire bytes. Exactly one field, the tensor type's own, may hold elements. */
final class TypedContents {
  private record Field(DataType type, int count, Consumer<ByteBuffer> writer) {}

  private final DataType type; // null for an unknown type name
  private final List<Field> filled = new ArrayList<>();

  private TypedContents(DataType type, InferTensorContents contents) {
    this.type = type;
    add(DataType.BOOL, contents.getBoolContentsCount(), to -> bools(contents, to));
    add(narrow(DataType.INT32), contents.getIntContentsCount(), to -> ints(contents, to));
    add(DataType.INT64, contents.getInt64ContentsCount(), to -> int64s(contents, to));
    add(narrow(DataType.UINT32), contents.getUintContentsCount(), to -> uints(contents, to));
    add(DataType.UINT64, contents.getUint64ContentsCount(), to -> uint64s(contents, to));
    add(DataType.FP32, contents.getFp32ContentsCount(), to -> fp32s(contents, to));
    add(DataType.FP64, contents.getFp64ContentsCount(), to -> fp64s(contents, to));
  }

  /**
   * @param type the tensor's type, or null for an unknown name
   * @param tensor words that name tensor and model in messages
   */
  static ByteBuffer toWire(DataType type, InferTensorContents contents, String tensor) {
    TypedContents typed = new TypedContents(type, contents);
    boolean hasBytes = contents.getBytesContentsCount() > 0;
    if (typed.filled.isEmpty() && !hasBytes) {
      return ByteBuffer.allocate(0);
    }
    DataType first = typed.filled.isEmpty() ? DataType.BYTES : typed.filled.get(0).type();
    if (first != type) {
      throw new TensorException(
          "unexpected explicit tensor data for %s of type '%s', expected datatype '%s'"
              .formatted(tensor, first.wireName(), type == null ? "<invalid>" : type.wireName()));
    }
    if (typed.filled.size() + (hasBytes ? 1 : 0) > 1) {
      throw new TensorException(
          "unexpected explicit tensor data for %s, binary data was already supplied."
              .formatted(tensor));
    }
    return hasBytes ? bytes(contents) : typed.write(typed.filled.get(0));
  }

  private void add(DataType field, int count, Consumer<ByteBuffer> writer) {
    if (count > 0) {
      filled.add(new Field(field, count, writer));
    }
  }

  /** The 32-bit integer fields also carry the tensor's own narrower type. */
  private DataType narrow(DataType wide) {
    boolean signed = wide == DataType.INT32;
    if (type == (signed ? DataType.INT8 : DataType.UINT8)
        || type == (signed ? DataType.INT16 : DataType.UINT16)) {
      return type;
    }
    return wide;
  }

  private ByteBuffer write(Field field) {
    ByteBuffer wire =
        ByteBuffer.allocate(Math.multiplyExact(field.count(), type.byteSize()))
            .order(ByteOrder.LITTLE_ENDIAN);
    field.writer().accept(wire);
    return wire.flip();
  }

  private static void bools(InferTensorContents from, ByteBuffer to) {
    for (int i = 0; i < from.getBoolContentsCount(); i++) {
      to.put((byte) (from.getBoolContents(i) ? 1 : 0));
    }
  }

  private void ints(InferTensorContents from, ByteBuffer to) {
    for (int i = 0; i < from.getIntContentsCount(); i++) {
      putLow(to, from.getIntContents(i));
    }
  }

  private void uints(InferTensorContents from, ByteBuffer to) {
    for (int i = 0; i < from.getUintContentsCount(); i++) {
      putLow(to, from.getUintContents(i));
    }
  }

  /** Keeps the low bytes of a value that does not fit, as Triton does. */
  private void putLow(ByteBuffer to, int value) {
    switch (type.byteSize()) {
      case 1 -> to.put((byte) value);
      case 2 -> to.putShort((short) value);
      default -> to.putInt(value);
    }
  }

  private static void int64s(InferTensorContents from, ByteBuffer to) {
    for (int i = 0; i < from.getInt64ContentsCount(); i++) {
      to.putLong(from.getInt64Contents(i));
    }
  }

  private static void uint64s(InferTensorContents from, ByteBuffer to) {
    for (int i = 0; i < from.getUint64ContentsCount(); i++) {
      to.putLong(from.getUint64Contents(i));
    }
  }

  private static void fp32s(InferTensorContents from, ByteBuffer to) {
    for (int i = 0; i < from.getFp32ContentsCount(); i++) {
      to.putFloat(from.getFp32Contents(i));
    }
  }

  private static void fp64s(InferTensorContents from, ByteBuffer to) {
    for (int i = 0; i < from.getFp64ContentsCount(); i++) {
      to.putDouble(from.getFp64Contents(i));
    }
  }

  private static ByteBuffer bytes(InferTensorContents from) {
    return BytesElements.encode(
        from.getBytesContentsList().stream().map(ByteString::toByteArray).toList());
  }
}
