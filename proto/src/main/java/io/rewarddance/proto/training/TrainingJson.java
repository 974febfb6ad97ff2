package io.rewarddance.proto.training;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads and writes the messages of this package. Unknown fields are ignored, so that either side
 * can be newer; a missing one is an error, as it would be read as zero.
 */
public final class TrainingJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .build();

  private TrainingJson() {}

  /** The message as JSON text. */
  public static String write(Object message) {
    return MAPPER.writeValueAsString(message);
  }

  /**
   * The JSON text as a message.
   *
   * @throws IllegalArgumentException naming the type when the text isn't one
   */
  public static <T> T read(String json, Class<T> type) {
    try {
      T message = MAPPER.readValue(json, type);
      if (message == null) {
        throw new IllegalArgumentException(type.getSimpleName() + ": null (expected: an object)");
      }
      return message;
    } catch (JacksonException e) {
      throw new IllegalArgumentException(
          type.getSimpleName() + ": not readable as JSON: " + e.getOriginalMessage(), e);
    }
  }
}
