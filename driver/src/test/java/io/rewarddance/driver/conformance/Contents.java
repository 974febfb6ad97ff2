package io.rewarddance.driver.conformance;

import com.google.protobuf.ByteString;
import io.rewarddance.proto.tensor.DataType;
import io.rewarddance.proto.tensor.Tensors;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** What a case's tensor says, as bytes on the wire. */
final class Contents {
  private static final int HEADER = 8;

  private Contents() {}

  static ByteString of(JsonNode tensor) {
    if (tensor.has("hex")) {
      return ByteString.copyFrom(HexFormat.of().parseHex(tensor.get("hex").asString()));
    }
    if (tensor.has("golden")) {
      return golden(tensor.get("golden"));
    }
    DataType type = DataType.ofWireName(tensor.get("datatype").asString()).orElseThrow();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    values(tensor).forEach(value -> bytes.writeBytes(element(type, value)));
    return ByteString.copyFrom(bytes.toByteArray());
  }

  private static List<JsonNode> values(JsonNode tensor) {
    if (tensor.has("fill")) {
      int count = 1;
      for (JsonNode extent : tensor.get("shape")) {
        count *= extent.asInt();
      }
      return Collections.nCopies(count, tensor.get("fill"));
    }
    return StreamSupport.stream(tensor.get("data").spliterator(), false).toList();
  }

  private static byte[] element(DataType type, JsonNode value) {
    if (type == DataType.BYTES) {
      byte[] text = value.asString().getBytes(StandardCharsets.UTF_8);
      return little(Integer.BYTES + text.length).putInt(text.length).put(text).array();
    }
    if (type == DataType.FP16) {
      float half = (float) number(value);
      return Tensors.ofFp16("half", new long[] {1}, half).toByteString().toByteArray();
    }
    ByteBuffer bytes = little(type.byteSize());
    switch (type) {
      case BOOL, UINT8, INT8 -> bytes.put((byte) value.asInt());
      case UINT16, INT16 -> bytes.putShort((short) value.asInt());
      case UINT32, INT32 -> bytes.putInt(value.asInt());
      case UINT64, INT64 -> bytes.putLong(value.asLong());
      case FP32 -> bytes.putFloat((float) number(value));
      case FP64 -> bytes.putDouble(number(value));
      default -> throw new IllegalArgumentException(type + ": no case has values of this type");
    }
    return bytes.array();
  }

  /** JSON has no numbers that aren't finite: they are text, as Python writes it. */
  private static double number(JsonNode value) {
    return switch (value.isString() ? value.asString() : "") {
      case "nan" -> Double.NaN;
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      default -> value.asDouble();
    };
  }

  /** Rows of a tensor of bytes in a safetensors file. */
  private static ByteString golden(JsonNode rows) {
    try {
      byte[] file =
          Files.readAllBytes(Suite.GOLDEN.resolve(rows.get("file").asString() + ".safetensors"));
      int header = Math.toIntExact(ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong());
      JsonNode entry =
          Suite.JSON
              .readTree(new String(file, HEADER, header, StandardCharsets.UTF_8))
              .get(rows.get("tensor").asString());
      int begin = HEADER + header + entry.get("data_offsets").get(0).asInt();
      int end = HEADER + header + entry.get("data_offsets").get(1).asInt();
      int size = (end - begin) / entry.get("shape").get(0).asInt();
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      rows.get("rows").forEach(row -> bytes.write(file, begin + row.asInt() * size, size));
      return ByteString.copyFrom(bytes.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ByteBuffer little(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
