package io.rewarddance.driver.config;

import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Fills in what was not written and has a default in the schema. */
final class SchemaDefaults {
  private final SettingsSchema schema;

  SchemaDefaults(SettingsSchema schema) {
    this.schema = schema;
  }

  void fill(ObjectNode root) {
    fromSchema(root, schema.tree());
  }

  /** Fills a part that was made for another setting's sake. */
  void fill(ObjectNode part, String path) {
    fromSchema(part, schema.at(path));
  }

  private void fromSchema(JsonNode node, JsonNode described) {
    if (node instanceof ArrayNode array) {
      array.forEach(item -> fromSchema(item, schema.resolve(described.path("items"))));
    }
    if (node instanceof ObjectNode object) {
      for (Map.Entry<String, JsonNode> property : described.path("properties").properties()) {
        JsonNode value = property.getValue();
        if (!object.has(property.getKey()) && value.has("default")) {
          object.set(property.getKey(), value.get("default").deepCopy());
        }
        fromSchema(object.path(property.getKey()), schema.resolve(value));
      }
    }
  }

  /** Sets what isn't there. */
  static void absent(ObjectNode object, String key, JsonNode value) {
    if (!object.has(key)) {
      object.set(key, value);
    }
  }
}
