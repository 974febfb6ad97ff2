package io.rewarddance.driver.config;

import java.nio.file.Path;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Files that say which preferences to collect. */
final class PreferencesKind implements FileKind<PreferencesConfig> {
  @Override
  public String schema() {
    return "preferences.schema.json";
  }

  @Override
  public String ownKey() {
    return "sets";
  }

  @Override
  public String what() {
    return "a collection of preferences";
  }

  @Override
  public String keptAs() {
    return "Settings of this collection, completely; made from its preferences file.";
  }

  @Override
  public void complete(ObjectNode root, SchemaDefaults defaults) {
    JsonNode triton = root.get("triton");
    for (JsonNode source : root.get("sources")) {
      SchemaDefaults.absent((ObjectNode) source, "model", triton.get("generator"));
    }
    if (triton.has("oracle")) {
      SchemaDefaults.absent((ObjectNode) root.get("reasons"), "model", triton.get("oracle"));
    }
  }

  @Override
  public void check(Rules rules, Path root) {
    new PreferencesRules(rules, root).check();
  }

  @Override
  public PreferencesConfig bind(Settings root) {
    return new PreferencesBinder(root).config();
  }

  @Override
  public Path directory(PreferencesConfig config) {
    return config.directory();
  }
}
