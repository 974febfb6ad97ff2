package io.rewarddance.driver.paper.work;

import io.rewarddance.metrics.stat.MeanInterval;
import io.rewarddance.rollout.durable.Durable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** {@code cell.json}; each write is there wholly or not at all. */
final class CellFile {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final Path file;

  /**
   * @param directory the cell's
   */
  CellFile(Path directory) {
    this.file = directory.resolve("cell.json");
  }

  /** Empty when there is none, or none that can be read: the cell is then done from its start. */
  Optional<CellRecord> read() throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(record(JSON.readTree(Files.readString(file))));
    } catch (JacksonException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  void write(CellRecord record) throws IOException {
    Files.createDirectories(file.getParent());
    String text = JSON.writeValueAsString(json(record)) + "\n";
    Durable.write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  private static Map<String, Object> json(CellRecord record) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", record.id());
    json.put("state", record.state().name().toLowerCase(Locale.ROOT));
    json.put("inputs", record.inputs());
    json.put("seconds", record.seconds());
    record
        .failure()
        .ifPresent(
            failure -> {
              json.put("reason", failure.reason().name().toLowerCase(Locale.ROOT));
              json.put("message", failure.message());
            });
    record.numbers().ifPresent(numbers -> numbers(json, numbers));
    return json;
  }

  private static void numbers(Map<String, Object> json, CellNumbers numbers) {
    json.put("output", numbers.output());
    json.put("values", numbers.values());
    json.put("curves", numbers.curves());
    json.put("notes", numbers.notes());
    json.put("parts", numbers.seconds());
  }

  private static CellRecord record(JsonNode json) {
    String state = json.path("state").asString("").toUpperCase(Locale.ROOT);
    return new CellRecord(
        json.path("id").asString(""),
        json.path("inputs").asString(""),
        CellRecord.State.valueOf(state),
        json.path("seconds").asDouble(0),
        json.has("output") ? Optional.of(numbers(json)) : Optional.empty(),
        json.has("reason") ? Optional.of(failure(json)) : Optional.empty());
  }

  private static CellRecord.Failure failure(JsonNode json) {
    String reason = json.get("reason").asString().toUpperCase(Locale.ROOT);
    return new CellRecord.Failure(
        CellException.Reason.valueOf(reason), json.path("message").asString(""));
  }

  private static CellNumbers numbers(JsonNode json) {
    SortedMap<String, MeanInterval> values = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry : json.path("values").properties()) {
      JsonNode value = entry.getValue();
      values.put(
          entry.getKey(),
          new MeanInterval(
              value.path("mean").asDouble(Double.NaN),
              value.path("low").asDouble(Double.NaN),
              value.path("high").asDouble(Double.NaN),
              value.path("n").asInt(0)));
    }
    SortedMap<String, List<CellNumbers.Point>> curves = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry : json.path("curves").properties()) {
      curves.put(entry.getKey(), points(entry.getValue()));
    }
    SortedMap<String, String> notes = new TreeMap<>();
    json.path("notes").properties().forEach(e -> notes.put(e.getKey(), e.getValue().asString()));
    SortedMap<String, Double> parts = new TreeMap<>();
    json.path("parts").properties().forEach(e -> parts.put(e.getKey(), e.getValue().asDouble()));
    return new CellNumbers(values, curves, notes, parts, json.get("output").asString());
  }

  private static List<CellNumbers.Point> points(JsonNode json) {
    List<CellNumbers.Point> points = new ArrayList<>();
    for (JsonNode point : json) {
      points.add(
          new CellNumbers.Point(
              point.path("x").asDouble(Double.NaN),
              point.path("y").asDouble(Double.NaN),
              point.path("low").asDouble(Double.NaN),
              point.path("high").asDouble(Double.NaN)));
    }
    return points;
  }
}
