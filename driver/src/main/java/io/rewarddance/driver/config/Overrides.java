package io.rewarddance.driver.config;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Puts {@code --set a.b=c} into a document, before it is checked like everything else. */
final class Overrides {
  private final Document document;
  private final List<Problem> problems;

  Overrides(Document document, List<Problem> problems) {
    this.document = document;
    this.problems = problems;
  }

  /** One {@code a.b=c}; the value is read as YAML, so lists and quotes work. */
  void apply(String assignment) {
    Origin origin = Origin.option("--set " + assignment);
    int equals = assignment.indexOf('=');
    if (equals < 1) {
      problems.add(new Problem(origin, "", "no key (expected: --set key.path=value)"));
      return;
    }
    List<String> steps = Paths.steps(assignment.substring(0, equals));
    if (steps.stream().anyMatch(String::isBlank)) {
      problems.add(new Problem(origin, "", "an empty step in the key (expected: a.b or a[0].b)"));
      return;
    }
    new YamlReader(origin.source(), "a value", problems)
        .value(assignment.substring(equals + 1))
        .ifPresent(value -> put(steps, value, origin));
  }

  private void put(List<String> steps, JsonNode value, Origin origin) {
    JsonNode node = document.root();
    String path = "";
    for (int i = 0; i < steps.size() - 1; i++) {
      path = child(node, path, steps.get(i));
      JsonNode next = get(node, steps.get(i));
      if (next == null && node instanceof ObjectNode object) {
        next = object.putObject(steps.get(i));
        document.mark(path, origin, origin);
      }
      if (!(next instanceof ObjectNode) && !(next instanceof ArrayNode)) {
        problems.add(
            new Problem(origin, path, next == null ? "not there" : "has no keys of its own"));
        return;
      }
      node = next;
    }
    String last = steps.get(steps.size() - 1);
    path = child(node, path, last);
    if (node instanceof ObjectNode object) {
      object.set(last, value);
    } else if (get(node, last) != null) {
      ((ArrayNode) node).set(Integer.parseInt(last), value);
    } else {
      problems.add(new Problem(origin, path, "not there (the list has " + node.size() + ")"));
      return;
    }
    document.forgetBelow(path);
    document.mark(path, origin, origin);
  }

  private static String child(JsonNode node, String path, String step) {
    return node.isArray() && index(step) >= 0
        ? Paths.child(path, index(step))
        : Paths.child(path, step);
  }

  private static JsonNode get(JsonNode node, String step) {
    return node.isArray() ? (index(step) < 0 ? null : node.get(index(step))) : node.get(step);
  }

  private static int index(String step) {
    return step.matches("[0-9]{1,6}") ? Integer.parseInt(step) : -1;
  }
}
