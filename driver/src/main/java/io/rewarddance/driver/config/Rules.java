package io.rewarddance.driver.config;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What a rule on several settings works with: values by path, and a way to say what is wrong that
 * names both keys and where the other one was written.
 */
final class Rules {
  private final Document document;
  private final JsonNode tree;
  private final List<Problem> problems = new ArrayList<>();

  /**
   * @param document as written
   * @param tree the same with defaults filled in
   */
  Rules(Document document, JsonNode tree) {
    this.document = document;
    this.tree = tree;
  }

  List<Problem> problems() {
    return problems;
  }

  JsonNode value(String path) {
    JsonNode node = tree;
    for (String step : Paths.steps(path)) {
      node = node.isArray() ? node.path(Integer.parseInt(step)) : node.path(step);
    }
    return node;
  }

  boolean has(String path) {
    return !value(path).isMissingNode();
  }

  boolean is(String path, String word) {
    return value(path).asString("").equals(word);
  }

  long whole(String path) {
    return value(path).asLong();
  }

  /** {@code path} doesn't go with {@code other}. */
  void clash(String path, String expected, String other) {
    String with = other + " = " + Explain.show(value(other)) + " (" + where(other) + ")";
    problem(path, expected + " with " + with);
  }

  void problem(String path, String expected) {
    String value = has(path) ? Explain.show(value(path)) : "missing";
    problems.add(new Problem(document.value(path), path, value + " (expected: " + expected + ")"));
  }

  /** The items of a list must have different values of a key. */
  void distinct(String list, String key) {
    int count = value(list).size();
    for (int i = 1; i < count; i++) {
      String own = list + "[" + i + "]." + key;
      for (int j = 0; j < i; j++) {
        String other = list + "[" + j + "]." + key;
        if (value(own).equals(value(other))) {
          clash(own, "another name", other);
          break;
        }
      }
    }
  }

  private String where(String path) {
    return document.written(path) ? document.value(path).toString() : "default";
  }
}
