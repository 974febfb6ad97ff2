package io.rewarddance.driver.conformance;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** Counts what the cases ask and what the real server answered, and writes it as a page. */
final class Coverage {
  private static final String HEAD =
      """
      # What the conformance cases cover

      <!-- Written by CoverageDocTest; -Drewarddance.docs.write=true writes it again. -->
      %d steps: %d requests, and %d that change the repository's files or wait. The answers that are counted here are the real server's
      (Triton 2.51.0, `answers/`); the embedded server and two clients in two languages are held to them.
      """;

  private final CountTable methods = new CountTable("method");
  private final CountTable models = new CountTable("`ModelInfer` of model");
  private final CountTable samplers = new CountTable("sampler");
  private final CountTable inputs = new CountTable("input of type");
  private final Map<String, Integer> refusals = new TreeMap<>();
  private int steps;
  private int requests;

  private Coverage() {
    for (String part : Suite.PARTS) {
      Recording recording = new Recording(part);
      for (Step step : Suite.steps(part)) {
        steps++;
        if (step.isRequest()) {
          requests++;
          recording.of(step).forEach(outcome -> count(step, outcome));
          count(step.json().path("request"));
          step.json().path("requests").forEach(this::count);
        }
      }
    }
  }

  static String page() {
    Coverage coverage = new Coverage();
    return HEAD.formatted(coverage.steps, coverage.requests, coverage.steps - coverage.requests)
        + section("Methods and status codes", coverage.methods)
        + section("Models", coverage.models)
        + section("Samplers of the generator", coverage.samplers)
        + section("Tensors, and how their contents travel", coverage.inputs)
        + coverage.refusals();
  }

  private static String section(String title, CountTable table) {
    return "\n## " + title + "\n\n" + table;
  }

  private void count(Step step, Outcome outcome) {
    String error = outcome.message().isEmpty() ? "item" : "error item";
    String code = outcome.code().equals("IN_STREAM") ? error : outcome.code();
    methods.count(step.rpc(), code);
    if (step.rpc().equals("ModelInfer")) {
      JsonNode request = step.json().get("request");
      String model = request.get("model").asString();
      models.count(model.matches("(shapes|judge)_[a-z_]+") ? model : "any other", code);
      sampler(request).ifPresent(sampler -> samplers.count(sampler, code));
    }
    if (!outcome.message().isEmpty()) {
      refusals.merge("| " + code + " | `" + kind(outcome.message()) + "` |", 1, Integer::sum);
    }
  }

  private static Optional<String> sampler(JsonNode request) {
    for (JsonNode input : request.path("inputs")) {
      if (input.get("name").asString().equals("sampler") && input.has("data")) {
        String name = input.get("data").get(0).asString();
        return Optional.of(name.matches("ode|flow-sde|dance-sde|cps") ? name : "any other");
      }
    }
    return Optional.empty();
  }

  private void count(JsonNode request) {
    for (JsonNode input : request.path("inputs")) {
      String type = input.get("datatype").asString();
      inputs.count(
          type.matches("[A-Z]+\\d*") && !type.contains("STRING") ? type : "any other",
          input.has("typed") ? "typed" : input.has("absent") ? "absent" : "raw");
    }
  }

  /** A message without what is different in each: names, numbers, lists. */
  private static String kind(String message) {
    String text =
        message
            .strip()
            .replaceAll("\\s+", " ")
            .replaceAll("'[^']*'", "'...'")
            .replaceAll("\"[^\"]*\"", "\"...\"")
            .replaceAll("\\[(?!request)[^\\]]*]", "[...]")
            .replaceAll("(?<![\\w.])-?\\d+(\\.\\d+)?(e-?\\d+)?(?!\\w)", "N");
    return text.length() > 110 ? text.substring(0, 110) + "..." : text;
  }

  private String refusals() {
    StringBuilder text =
        new StringBuilder("\n## Refusals\n\n| status | message | steps |\n|---|---|--:|\n");
    refusals.forEach((row, count) -> text.append(row).append(' ').append(count).append(" |\n"));
    return text.toString();
  }
}
