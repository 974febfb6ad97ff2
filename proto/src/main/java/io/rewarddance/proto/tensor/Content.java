package io.rewarddance.proto.tensor;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * A tensor's wire bytes, in one piece or in several. A message takes them as they are; only who
 * reads the elements of several pieces has them copied into one, once.
 *
 * <p>protobuf copies a buffer that hides its array, as read-only ones do: what goes into messages
 * is made from the array, and what is read is a read-only view beside it.
 */
final class Content {
  private final int size;
  private volatile ByteString wire; // null until asked for
  private volatile ByteBuffer flat; // read-only, position 0; null until asked for

  private Content(int size, ByteString wire, ByteBuffer flat) {
    this.size = size;
    this.wire = wire;
    this.flat = flat;
  }

  /** The remaining bytes, not copied. */
  static Content of(ByteBuffer bytes) {
    ByteBuffer view = bytes.slice();
    ByteString wire = view.hasArray() ? UnsafeByteOperations.unsafeWrap(view) : null;
    return new Content(view.remaining(), wire, view.asReadOnlyBuffer());
  }

  /** Bytes of a message, not copied. */
  static Content of(ByteString bytes) {
    return new Content(bytes.size(), bytes, null);
  }

  /** The pieces one after another, not copied. */
  static Content of(List<byte[]> pieces) {
    return of(ByteString.copyFrom(pieces.stream().map(UnsafeByteOperations::unsafeWrap).toList()));
  }

  int size() {
    return size;
  }

  ByteString wire() {
    ByteString bytes = wire;
    if (bytes == null) {
      bytes = UnsafeByteOperations.unsafeWrap(flat.duplicate());
      wire = bytes;
    }
    return bytes;
  }

  /** All bytes in one piece; to be duplicated before its position is moved. */
  ByteBuffer flat() {
    ByteBuffer bytes = flat;
    if (bytes == null) {
      bytes = wire.asReadOnlyByteBuffer().slice();
      flat = bytes;
    }
    return bytes;
  }

  /** A part, not copied. */
  Content part(int from, int to) {
    ByteString bytes = wire;
    return bytes == null
        ? of(flat.duplicate().position(from).limit(to))
        : of(bytes.substring(from, to));
  }
}
