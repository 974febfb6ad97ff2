package io.rewarddance.embedded.weights;

import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The JSON at the head of a safetensors file: each tensor's type, shape and place in the data.
 *
 * @param places where each tensor lies, by name
 */
record SafeTensorsHeader(SortedMap<String, Place> places, SortedMap<String, String> metadata) {
  static final String METADATA = "__metadata__";

  /** Only FP32 is used here, so that a weight has one value whoever reads it. */
  private static final String TYPE = "F32";

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** A tensor's shape and its bytes [begin, end) after the header. */
  record Place(long[] shape, long begin, long end) {
    String toJson() {
      return "{\"dtype\":\""
          + TYPE
          + "\",\"shape\":"
          + numbers(shape)
          + ",\"data_offsets\":"
          + numbers(begin, end)
          + "}";
    }

    private static String numbers(long... values) {
      return Arrays.toString(values).replace(" ", "");
    }
  }

  /** The header of tensors laid one after the other in the order of their names. */
  static SafeTensorsHeader of(Weights weights) {
    SortedMap<String, Place> places = new TreeMap<>();
    long at = 0;
    for (Map.Entry<String, WeightTensor> entry : weights.tensors().entrySet()) {
      long end = at + 4L * entry.getValue().values().length;
      places.put(entry.getKey(), new Place(entry.getValue().shape(), at, end));
      at = end;
    }
    return new SafeTensorsHeader(places, weights.metadata());
  }

  /** Without blanks, metadata first, as the safetensors library writes it. */
  String toJson() {
    StringBuilder json = new StringBuilder("{");
    if (!metadata.isEmpty()) {
      json.append(JSON.writeValueAsString(METADATA)).append(':');
      json.append(JSON.writeValueAsString(metadata)).append(',');
    }
    places.forEach(
        (name, place) ->
            json.append(JSON.writeValueAsString(name))
                .append(':')
                .append(place.toJson())
                .append(','));
    json.setLength(Math.max(1, json.length() - (json.length() > 1 ? 1 : 0)));
    return json.append('}').toString();
  }

  /**
   * @throws RuntimeException when the text isn't such a header; the reader adds which file it was
   */
  static SafeTensorsHeader parse(String text) {
    SortedMap<String, Place> places = new TreeMap<>();
    SortedMap<String, String> metadata = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry : JSON.readTree(text).asObject().properties()) {
      if (entry.getKey().equals(METADATA)) {
        entry
            .getValue()
            .asObject()
            .forEachEntry((key, value) -> metadata.put(key, value.stringValue()));
      } else {
        places.put(entry.getKey(), place(entry.getKey(), entry.getValue()));
      }
    }
    return new SafeTensorsHeader(places, metadata);
  }

  private static Place place(String name, JsonNode node) {
    String type = node.required("dtype").stringValue();
    if (!type.equals(TYPE)) {
      throw new IllegalArgumentException(
          "dtype of " + name + ": " + type + " (expected: " + TYPE + ")");
    }
    long[] shape = numbers(node.required("shape"));
    long[] offsets = numbers(node.required("data_offsets"));
    long bytes = Math.multiplyExact(4, WeightTensor.elements(shape));
    if (offsets.length != 2 || offsets[0] < 0 || offsets[1] - offsets[0] != bytes) {
      throw new IllegalArgumentException(
          "data_offsets of %s: %s (expected: %d bytes for shape %s)"
              .formatted(name, Arrays.toString(offsets), bytes, Arrays.toString(shape)));
    }
    return new Place(shape, offsets[0], offsets[1]);
  }

  private static long[] numbers(JsonNode node) {
    return node.asArray().valueStream().mapToLong(JsonNode::longValue).toArray();
  }
}
