package io.rewarddance.proto.tensor;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Triton's tensor element types. Constant names are the names on the wire. */
public enum DataType {
  BOOL(1),
  UINT8(1),
  UINT16(2),
  UINT32(4),
  UINT64(8),
  INT8(1),
  INT16(2),
  INT32(4),
  INT64(8),
  FP16(2),
  FP32(4),
  FP64(8),
  /** Strings of any bytes; each is preceded by its length as a little-endian uint32. */
  BYTES(0),
  BF16(2);

  private static final Map<String, DataType> BY_WIRE_NAME =
      Arrays.stream(values()).collect(Collectors.toMap(DataType::wireName, Function.identity()));

  private final int byteSize;

  DataType(int byteSize) {
    this.byteSize = byteSize;
  }

  /** Bytes of one element, 0 for {@link #BYTES}, whose elements vary. */
  public int byteSize() {
    return byteSize;
  }

  /** True for every type but {@link #BYTES}. */
  public boolean isFixedSize() {
    return byteSize > 0;
  }

  /** The name in requests, answers and metadata, as in {@code FP32}. */
  public String wireName() {
    return name();
  }

  /** The name in config.pbtxt, as in {@code TYPE_FP32}; BYTES is {@code TYPE_STRING} there. */
  public String configName() {
    return this == BYTES ? "TYPE_STRING" : "TYPE_" + name();
  }

  /** The type of a wire name, or empty for a name that Triton does not know. */
  public static Optional<DataType> ofWireName(String name) {
    return Optional.ofNullable(BY_WIRE_NAME.get(name));
  }

  /** The type of a configuration's constant, or empty for TYPE_INVALID and unknown ones. */
  public static Optional<DataType> ofConfig(io.rewarddance.proto.triton.DataType type) {
    return Arrays.stream(values())
        .filter(candidate -> candidate.configName().equals(type.name()))
        .findFirst();
  }
}
