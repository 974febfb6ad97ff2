package io.rewarddance.driver.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads JSON schemas of settings files. What one schema takes from another ({@code "$ref":
 * "experiment.schema.json#/properties/triton"}) is put in its place; keys beside the reference,
 * such as another default, win over what it points to.
 */
final class SchemaFile {
  private static final String REFERENCE = "$ref";

  private final Map<String, JsonNode> files = new HashMap<>();

  private SchemaFile() {}

  /**
   * A whole schema, its references to other files resolved, those to itself left as they are.
   *
   * @param name of the resource beside this class
   */
  static JsonNode read(String name) {
    return new SchemaFile().settled(name);
  }

  private JsonNode settled(String name) {
    JsonNode tree = file(name).deepCopy();
    return settle(tree, name, name);
  }

  private JsonNode file(String name) {
    return files.computeIfAbsent(name, SchemaFile::parse);
  }

  private static JsonNode parse(String name) {
    try (InputStream in = SchemaFile.class.getResourceAsStream(name)) {
      return JsonMapper.shared().readTree(Objects.requireNonNull(in, name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @param home the file that the node was written in
   * @param top the file that is being settled, whose own references stay
   */
  private JsonNode settle(JsonNode node, String home, String top) {
    if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        array.set(i, settle(array.get(i), home, top));
      }
      return array;
    }
    if (!(node instanceof ObjectNode object)) {
      return node;
    }
    String reference = object.path(REFERENCE).asString("");
    int hash = reference.indexOf('#');
    String from = hash > 0 ? reference.substring(0, hash) : home;
    if (!reference.isEmpty() && !from.equals(top)) {
      return settle(merged(object, from, reference.substring(hash + 1)), from, top);
    }
    for (Map.Entry<String, JsonNode> property : object.properties()) {
      property.setValue(settle(property.getValue(), home, top));
    }
    return object;
  }

  private ObjectNode merged(ObjectNode own, String from, String pointer) {
    if (!(file(from).at(pointer) instanceof ObjectNode target)) {
      throw new IllegalStateException(from + "#" + pointer + ": no such schema");
    }
    ObjectNode merged = target.deepCopy();
    own.properties().stream()
        .filter(property -> !property.getKey().equals(REFERENCE))
        .forEach(property -> merged.set(property.getKey(), property.getValue()));
    return merged;
  }
}
