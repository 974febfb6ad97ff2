package io.rewarddance.driver.config;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.NodePath;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * The JSON schema of one kind of settings file ({@code experiments/*.schema.json}): names, types,
 * limits and defaults live there and nowhere else, so that an editor and the driver agree.
 */
final class SettingsSchema {
  private final JsonNode tree;
  private final Schema schema;

  /**
   * @param resource such as {@code experiment.schema.json}
   */
  SettingsSchema(String resource) {
    tree = SchemaFile.read(resource);
    schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(tree);
  }

  /** What a validator has to say about the document, in the order of its tree. */
  List<Problem> check(Document document) {
    Explain explain = new Explain(this, document);
    return schema.validate(document.root()).stream()
        .map(error -> explain.problem(error, path(error)))
        .distinct()
        .toList();
  }

  JsonNode tree() {
    return tree;
  }

  /** The schema node that describes a path, following list items and references. */
  JsonNode at(String path) {
    JsonNode node = tree;
    if (path.isEmpty()) {
      return node;
    }
    for (String step : Paths.steps(path)) {
      node = resolve(child(node, step));
    }
    return node;
  }

  private static JsonNode child(JsonNode node, String step) {
    if (node.has("items")) {
      return node.get("items");
    }
    JsonNode named = node.path("properties").path(step);
    return named.isMissingNode() ? node.path("additionalProperties") : named;
  }

  /** A node with what its {@code $ref} points to. */
  JsonNode resolve(JsonNode node) {
    String reference = node.path("$ref").asString("");
    return reference.isEmpty() ? node : tree.at(reference.substring(1));
  }

  private static String path(Error error) {
    NodePath location = error.getInstanceLocation();
    String path = "";
    for (int i = 0; i < location.getNameCount(); i++) {
      Object element = location.getElement(i);
      path =
          element instanceof Integer index
              ? Paths.child(path, index)
              : Paths.child(path, element.toString());
    }
    return path;
  }
}
