package io.rewarddance.embedded.model.oracle;

import io.rewarddance.embedded.model.ModelLoadException;
import io.rewarddance.embedded.model.request.ModelParameters;
import io.rewarddance.proto.triton.ModelConfig;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** Reads what models that measure have in common. */
final class OracleFiles {
  private static final int CHANNELS = 3;

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .build();

  private OracleFiles() {}

  /** A record from JSON with all its fields and no others. */
  static <T> T read(Path file, Class<T> type) throws ModelLoadException {
    try {
      return JSON.readValue(file, type);
    } catch (JacksonException e) {
      throw new ModelLoadException("can't read " + file + ": " + e.getOriginalMessage(), e);
    }
  }

  /**
   * The limits in {@code oracle.json}.
   *
   * @throws ModelLoadException naming what doesn't fit, among it an input whose images have another
   *     shape
   */
  static Limits limits(ModelConfig config, Path versionDirectory, String... inputs)
      throws ModelLoadException {
    Limits limits = Limits.read(versionDirectory.resolve("oracle.json"));
    requireShape(config, List.of(inputs), limits.size(), limits.size());
    return limits;
  }

  /**
   * Checks that batches are taken, and what inputs hold.
   *
   * @param sizes of an image or a video, without the channels
   */
  static void requireShape(ModelConfig config, List<String> inputs, long... sizes)
      throws ModelLoadException {
    ModelParameters parameters = new ModelParameters(config);
    parameters.requireBatches();
    long[] expected = Arrays.copyOf(sizes, sizes.length + 1);
    expected[sizes.length] = CHANNELS;
    for (String input : inputs) {
      long[] image = parameters.inputShape(input);
      if (!Arrays.equals(image, expected)) {
        throw new ModelLoadException(
            "input '%s': %s (expected: %s as in oracle.json)"
                .formatted(input, Arrays.toString(image), Arrays.toString(expected)));
      }
    }
  }
}
