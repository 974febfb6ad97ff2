package io.rewarddance.driver.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * A setting in which runs differ.
 *
 * @param key with dots
 * @param values of each run, in their order; empty where it isn't set
 */
record SettingsDifference(String key, List<String> values) {
  private static final YAMLMapper YAML = YAMLMapper.builder().build();

  /** All settings that aren't the same in all these run directories. */
  static List<SettingsDifference> of(List<Path> directories) {
    List<Map<String, String>> all = directories.stream().map(SettingsDifference::settings).toList();
    TreeSet<String> keys = new TreeSet<>();
    all.forEach(settings -> keys.addAll(settings.keySet()));
    List<SettingsDifference> differences = new ArrayList<>();
    for (String key : keys) {
      List<String> values = all.stream().map(settings -> settings.getOrDefault(key, "")).toList();
      if (values.stream().distinct().count() > 1) {
        differences.add(new SettingsDifference(key, values));
      }
    }
    return differences;
  }

  private static Map<String, String> settings(Path directory) {
    Map<String, String> settings = new TreeMap<>();
    Path file = directory.resolve("config.yaml");
    if (Files.isReadable(file)) {
      try {
        flatten("", YAML.readTree(Files.readString(file)), settings);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return settings;
  }

  private static void flatten(String path, JsonNode node, Map<String, String> into) {
    if (node.isObject()) {
      for (Map.Entry<String, JsonNode> entry : node.properties()) {
        flatten(
            path.isEmpty() ? entry.getKey() : path + "." + entry.getKey(), entry.getValue(), into);
      }
    } else if (node.isArray() && !node.isEmpty() && node.get(0).isObject()) {
      for (int i = 0; i < node.size(); i++) {
        flatten(path + "[" + i + "]", node.get(i), into);
      }
    } else if (!node.isNull()) {
      into.put(path, node.isArray() ? node.toString() : node.asString());
    }
  }
}
