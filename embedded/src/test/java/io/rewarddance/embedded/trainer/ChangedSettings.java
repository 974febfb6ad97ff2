package io.rewarddance.embedded.trainer;

import io.rewarddance.proto.training.JudgeUpdateSettings;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Settings of a judge's training that are others' but for what a test is about. */
public final class ChangedSettings {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private ChangedSettings() {}

  /**
   * @param changes values by the name of their component
   */
  public static JudgeUpdateSettings of(JudgeUpdateSettings settings, Map<String, ?> changes) {
    Map<String, Object> all =
        new HashMap<>(MAPPER.convertValue(settings, new TypeReference<Map<String, Object>>() {}));
    all.putAll(changes);
    return MAPPER.convertValue(all, JudgeUpdateSettings.class);
  }
}
