package io.rewarddance.embedded.server.infer;

import io.rewarddance.embedded.server.RequestException;
import io.rewarddance.embedded.server.memory.SharedRegions;
import io.rewarddance.proto.triton.InferParameter;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;

/**
 * Where in shared memory a tensor's parameters say that it is.
 *
 * @param region name of a registered region
 * @param bytes the range itself
 */
record SharedRange(String region, ByteBuffer bytes) {
  private static final String REGION = "shared_memory_region";
  private static final String OFFSET = "shared_memory_offset";
  private static final String BYTE_SIZE = "shared_memory_byte_size";

  /**
   * @return empty for a tensor that travels in the message
   * @throws RequestException naming tensor and parameter, or the region
   */
  static Optional<SharedRange> of(
      String tensor, Map<String, InferParameter> parameters, SharedRegions regions) {
    InferParameter region = parameters.get(REGION);
    if (region == null) {
      refuseAlone(tensor, parameters, OFFSET);
      refuseAlone(tensor, parameters, BYTE_SIZE);
      return Optional.empty();
    }
    if (!region.hasStringParam()) {
      throw wrongType(tensor, REGION, "string_param");
    }
    long offset = number(tensor, parameters, OFFSET);
    if (!parameters.containsKey(BYTE_SIZE)) {
      throw RequestException.invalid(
          "'%s' must be specified along with '%s' parameter for tensor '%s'"
              .formatted(BYTE_SIZE, REGION, tensor));
    }
    long byteSize = number(tensor, parameters, BYTE_SIZE);
    String name = region.getStringParam();
    return Optional.of(new SharedRange(name, regions.range(name, offset, byteSize)));
  }

  private static void refuseAlone(
      String tensor, Map<String, InferParameter> parameters, String key) {
    if (parameters.containsKey(key)) {
      throw RequestException.invalid(
          "'%s' can not be specified without '%s' parameter for tensor '%s'"
              .formatted(key, REGION, tensor));
    }
  }

  private static long number(String tensor, Map<String, InferParameter> parameters, String key) {
    InferParameter value = parameters.get(key);
    if (value == null) {
      return 0;
    }
    if (!value.hasInt64Param()) {
      throw wrongType(tensor, key, "int64_param");
    }
    return value.getInt64Param();
  }

  private static RequestException wrongType(String tensor, String key, String expected) {
    return RequestException.invalid(
        "invalid value type for '%s' parameter for tensor '%s', expected %s."
            .formatted(key, tensor, expected));
  }
}
