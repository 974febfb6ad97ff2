package io.rewarddance.proto.tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** The wire form of BYTES elements: each its length (uint32, little-endian), then its bytes. */
final class BytesElements {
  private BytesElements() {}

  static ByteBuffer encode(List<byte[]> elements) {
    long size = 0;
    for (byte[] element : elements) {
      size += Integer.BYTES + element.length;
    }
    ByteBuffer encoded = ByteBuffer.allocate(Math.toIntExact(size)).order(ByteOrder.LITTLE_ENDIAN);
    for (byte[] element : elements) {
      encoded.putInt(element.length).put(element);
    }
    return encoded.flip();
  }

  static List<byte[]> decode(ByteBuffer encoded) {
    ByteBuffer rest = encoded.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    List<byte[]> elements = new ArrayList<>();
    while (rest.hasRemaining()) {
      byte[] element = new byte[rest.getInt()];
      rest.get(element);
      elements.add(element);
    }
    return elements;
  }

  /** Position after {@code count} elements from the start, for data that {@link #check} passed. */
  static int offset(ByteBuffer encoded, long count) {
    ByteBuffer rest = encoded.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    for (long i = 0; i < count; i++) {
      int length = rest.getInt();
      rest.position(rest.position() + length);
    }
    return rest.position();
  }

  /** Refuses data that is not exactly {@code expectedCount} well-formed elements. */
  static void check(String tensor, ByteBuffer encoded, long expectedCount) {
    ByteBuffer rest = encoded.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    long count = 0;
    while (rest.hasRemaining()) {
      if (rest.remaining() < Integer.BYTES) {
        throw new TensorException(
            "tensor '%s': %d bytes after element %d (expected: a 4-byte length)"
                .formatted(tensor, rest.remaining(), count));
      }
      long length = Integer.toUnsignedLong(rest.getInt());
      if (length > rest.remaining()) {
        throw new TensorException(
            "tensor '%s': element %d says %d bytes, %d are left"
                .formatted(tensor, count, length, rest.remaining()));
      }
      rest.position(rest.position() + (int) length);
      count++;
    }
    if (count != expectedCount) {
      throw new TensorException(
          "tensor '%s': %d BYTES elements (expected: %d)".formatted(tensor, count, expectedCount));
    }
  }
}
