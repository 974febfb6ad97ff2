package io.rewarddance.driver.conformance;

import com.google.protobuf.ByteString;
import io.rewarddance.proto.tensor.DataType;
import io.rewarddance.proto.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The elements of a tensor in an answer, or every n-th of them.
 *
 * @param every n
 * @param values numbers as {@link Double}, which holds those of every type that the models have, or
 *     texts as {@link String}
 */
record Elements(int every, List<Object> values) {
  private static final int MANY = 100;

  static Elements of(Tensor tensor) {
    return new Elements(1, values(tensor));
  }

  private static List<Object> values(Tensor tensor) {
    return switch (tensor.type()) {
      case BYTES ->
          tensor.bytes().stream()
              .map(bytes -> (Object) ByteString.copyFrom(bytes).toStringUtf8())
              .toList();
      case UINT8 -> {
        byte[] bytes = tensor.int8s();
        yield boxed(IntStream.range(0, bytes.length).mapToDouble(i -> bytes[i] & 0xFF));
      }
      case INT32 -> boxed(IntStream.of(tensor.int32s()).asDoubleStream());
      case INT64 -> boxed(java.util.stream.LongStream.of(tensor.int64s()).asDoubleStream());
      case FP32 -> {
        float[] floats = tensor.floats();
        yield boxed(IntStream.range(0, floats.length).mapToDouble(i -> floats[i]));
      }
      default -> throw new IllegalArgumentException(tensor + " (expected: a type of the models)");
    };
  }

  private static List<Object> boxed(DoubleStream numbers) {
    return numbers.mapToObj(number -> (Object) number).toList();
  }

  boolean areNumbers() {
    return !values.isEmpty() && values.get(0) instanceof Double;
  }

  double number(int index) {
    return (Double) values.get(index);
  }

  /** These thinned out as others are; {@code every} must be a multiple of what they are now. */
  Elements every(int every) {
    int step = every / this.every;
    List<Object> kept = new ArrayList<>();
    for (int i = 0; i < values.size(); i += step) {
      kept.add(values.get(i));
    }
    return new Elements(every, kept);
  }

  /** Few enough to keep on record. */
  Elements few() {
    return every(every * Math.max(1, (values.size() + MANY - 1) / MANY));
  }

  ObjectNode json() {
    ObjectNode json = Suite.JSON.createObjectNode();
    if (every > 1) {
      json.put("every", every);
    }
    for (Object value : values) {
      if (value instanceof String text) {
        json.withArray("values").add(text);
      } else if (number(value) == Math.rint(number(value))) {
        json.withArray("values").add((long) number(value));
      } else {
        json.withArray("values").add((float) number(value));
      }
    }
    return json;
  }

  private static double number(Object value) {
    return (Double) value;
  }

  static Elements of(JsonNode json, DataType type) {
    List<Object> values = new ArrayList<>();
    for (JsonNode value : json.path("values")) {
      values.add(
          switch (type) {
            case BYTES -> value.asString();
            case FP32 -> (double) (float) value.asDouble();
            default -> value.asDouble();
          });
    }
    return new Elements(json.path("every").asInt(1), values);
  }
}
