package io.rewarddance.driver.config;

import java.nio.file.Path;
import java.util.Map;
import tools.jackson.databind.JsonNode;
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

  private final ExperimentSchema schema;
  private final Path root;

  ResolvedYaml(ExperimentSchema schema, Path root) {
    this.schema = schema;
    this.root = root;
  }

  String of(ObjectNode tree, Path runDirectory) {
    ObjectNode copy = tree.deepCopy();
    boolean sameRoot = ProjectRoot.of(runDirectory).equals(root);
    settle(copy, schema.tree(), sameRoot);
    return "# Settings of this run, completely; made from its experiment file. Read again by resume.\n"
        + YAML.writeValueAsString(copy);
  }

  private void settle(ObjectNode node, JsonNode described, boolean sameRoot) {
    for (Map.Entry<String, JsonNode> property : described.path("properties").properties()) {
      JsonNode value = node.get(property.getKey());
      if (value instanceof ObjectNode part) {
        settle(part, property.getValue(), sameRoot);
      } else if (value != null && property.getValue().has("x-path")) {
        Path path = root.resolve(value.asString()).normalize();
        boolean relative = sameRoot && path.startsWith(root);
        node.put(property.getKey(), (relative ? root.relativize(path) : path).toString());
      }
    }
  }
}
