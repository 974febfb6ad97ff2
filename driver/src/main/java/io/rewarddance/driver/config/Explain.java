package io.rewarddance.driver.config;

import com.networknt.schema.Error;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Turns a validator's finding into words: the value, what was expected, and which key was meant.
 */
final class Explain {
  private final SettingsSchema schema;
  private final Document document;

  Explain(SettingsSchema schema, Document document) {
    this.schema = schema;
    this.document = document;
  }

  Problem problem(Error error, String path) {
    return switch (error.getKeyword()) {
      case "additionalProperties" -> unknownKey(path, error.getProperty());
      case "required" -> missingKey(path, error.getProperty());
      case "uniqueItems" -> at(path, error, "different values");
      default -> at(path, error, expected(schema.at(path)));
    };
  }

  private Problem at(String path, Error error, String expected) {
    String value = show(error.getInstanceNode());
    return new Problem(document.value(path), path, value + " (expected: " + expected + ")");
  }

  private Problem missingKey(String parent, String key) {
    String path = Paths.child(parent, key);
    String what = expected(schema.at(path));
    return new Problem(document.key(parent), path, "missing (expected: " + what + ")");
  }

  private Problem unknownKey(String parent, String key) {
    String path = Paths.child(parent, key);
    List<String> known = names(schema.at(parent));
    String hint =
        Words.nearest(key, known)
            .map(near -> "did you mean " + near + "?")
            .or(() -> elsewhere(key).map(other -> "did you mean " + other + "?"))
            .orElse("known here: " + String.join(", ", known));
    return new Problem(document.key(path), path, "unknown key (" + hint + ")");
  }

  private Optional<String> elsewhere(String key) {
    List<String> found = new ArrayList<>();
    collect(schema.tree(), "", key, found);
    return found.stream().findFirst();
  }

  private void collect(JsonNode node, String path, String key, List<String> found) {
    for (Map.Entry<String, JsonNode> property : node.path("properties").properties()) {
      String child = Paths.child(path, property.getKey());
      if (property.getKey().equals(key)) {
        found.add(child);
      }
      collect(property.getValue(), child, key, found);
      collect(property.getValue().path("items"), child + "[]", key, found);
    }
  }

  private static List<String> names(JsonNode node) {
    List<String> names = new ArrayList<>();
    node.path("properties").properties().forEach(property -> names.add(property.getKey()));
    return names;
  }

  /** What a schema node accepts, in words. */
  static String expected(JsonNode node) {
    if (node.has("x-expected")) {
      return node.get("x-expected").asString();
    }
    if (node.has("enum")) {
      List<String> words = new ArrayList<>();
      node.get("enum").forEach(word -> words.add(word.asString()));
      return String.join(", ", words.subList(0, words.size() - 1))
          + " or "
          + words.get(words.size() - 1);
    }
    return switch (node.path("type").asString("")) {
      case "integer" -> "a whole number" + range(node);
      case "number" -> "a number" + range(node);
      case "boolean" -> "true or false";
      case "string" -> text(node);
      case "array" -> "a list that is not empty";
      case "object" -> "keys: " + String.join(", ", names(node));
      default -> "see the schema";
    };
  }

  private static String text(JsonNode node) {
    return node.has("x-path")
        ? "a path"
        : node.has("minLength") ? "a text that is not empty" : "a text";
  }

  private static String range(JsonNode node) {
    List<String> limits = new ArrayList<>();
    limit(node, "minimum", ">= ", limits);
    limit(node, "exclusiveMinimum", "> ", limits);
    limit(node, "maximum", "<= ", limits);
    limit(node, "exclusiveMaximum", "< ", limits);
    return limits.isEmpty() ? "" : " " + String.join(" and ", limits);
  }

  private static void limit(JsonNode node, String key, String sign, List<String> limits) {
    if (node.has(key)) {
      limits.add(sign + show(node.get(key)));
    }
  }

  /** A value as people wrote it, cut when long. */
  static String show(JsonNode value) {
    if (value == null || value.isNull()) {
      return "nothing";
    }
    if (value.isObject() && !value.isEmpty()) {
      Iterator<String> keys = value.propertyNames().iterator();
      return "keys and values (" + keys.next() + (keys.hasNext() ? ", ...)" : ")");
    }
    if (value.isNumber()) {
      return value.asString();
    }
    String text = value.isString() ? "'" + value.asString() + "'" : value.toString();
    return text.length() <= 80 ? text : text.substring(0, 77) + "...";
  }
}
