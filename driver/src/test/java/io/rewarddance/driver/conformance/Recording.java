package io.rewarddance.driver.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the real server answered: {@code answers/*.jsonl}, one line for each step that asks. */
final class Recording {
  private final Map<String, List<Outcome>> outcomes = new HashMap<>();

  Recording(String part) {
    for (JsonNode line : Suite.lines(file(part))) {
      outcomes.put(
          line.get("step").asString(),
          StreamSupport.stream(line.get("answers").spliterator(), false).map(Outcome::of).toList());
    }
  }

  private static Path file(String part) {
    return Suite.HOME.resolve("answers/" + part + ".jsonl");
  }

  Set<String> steps() {
    return outcomes.keySet();
  }

  List<Outcome> of(Step step) {
    return step.isRequest() ? outcomes.get(step.name()) : List.of();
  }

  static void write(String part, Map<Step, List<Outcome>> answers) throws IOException {
    Files.createDirectories(file(part).getParent());
    Files.writeString(
        file(part),
        answers.entrySet().stream()
            .filter(entry -> entry.getKey().isRequest())
            .map(entry -> line(entry.getKey(), entry.getValue()) + "\n")
            .collect(Collectors.joining()));
  }

  private static ObjectNode line(Step step, List<Outcome> answers) {
    ObjectNode line = Suite.JSON.createObjectNode().put("step", step.name());
    ArrayNode list = line.withArray("answers");
    for (Outcome answer : answers) {
      ObjectNode json = answer.json();
      forget(json, step.ignored());
      list.add(json);
    }
    return line;
  }

  /** What no comparison looks at would only make each record another. */
  private static void forget(JsonNode json, Set<String> names) {
    if (json instanceof ObjectNode object) {
      object.remove(names);
    }
    json.forEach(child -> forget(child, names));
  }
}
