package io.rewarddance.driver.config;

import java.nio.file.Path;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/**
 * The text that a run keeps of its settings. Paths stay relative where they mean the same when read
 * from the run's directory, so that a project can be moved with its runs.
 */
final class ResolvedYaml {
  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
          .enable(YAMLWriteFeature.INDENT_ARRAYS_WITH_INDICATOR)
          .build();

  private final SettingsSchema schema;
  private final Path root;
  private final String title;

  /**
   * @param title first line, as a comment
   */
  ResolvedYaml(SettingsSchema schema, Path root, String title) {
    this.schema = schema;
    this.root = root;
    this.title = title;
  }

  String of(ObjectNode tree, Path runDirectory) {
    ObjectNode copy = tree.deepCopy();
    boolean sameRoot = ProjectRoot.of(runDirectory).equals(root);
    settle(copy, schema.tree(), sameRoot);
    return "# " + title + "\n" + YAML.writeValueAsString(copy);
  }

  private void settle(ObjectNode node, JsonNode described, boolean sameRoot) {
    for (Map.Entry<String, JsonNode> property : described.path("properties").properties()) {
      JsonNode value = node.get(property.getKey());
      if (value instanceof ObjectNode part) {
        settle(part, property.getValue(), sameRoot);
      } else if (value instanceof ArrayNode items) {
        settle(items, property.getValue().path("items"), sameRoot);
      } else if (value != null && property.getValue().has("x-path")) {
        node.put(property.getKey(), settled(value, sameRoot));
      }
    }
  }

  private String settled(JsonNode value, boolean sameRoot) {
    Path path = root.resolve(value.asString()).normalize();
    boolean relative = sameRoot && path.startsWith(root);
    return (relative ? root.relativize(path) : path).toString();
  }

  private void settle(ArrayNode items, JsonNode described, boolean sameRoot) {
    for (int i = 0; i < items.size(); i++) {
      if (items.get(i) instanceof ObjectNode part) {
        settle(part, described, sameRoot);
      } else if (described.has("x-path")) {
        items.set(i, settled(items.get(i), sameRoot));
      }
    }
  }
}
