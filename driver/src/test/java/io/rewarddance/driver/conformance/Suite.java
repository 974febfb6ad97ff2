package io.rewarddance.driver.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The files of {@code triton-models/conformance}. */
final class Suite {
  static final Path ROOT = Path.of(System.getProperty("rewarddance.root", ".."));
  static final Path HOME = ROOT.resolve("triton-models/conformance");
  static final Path GOLDEN = ROOT.resolve("embedded/src/test/resources/golden");

  /** In the order in which they are sent: {@code control} counts what a new server was asked. */
  static final List<String> PARTS = List.of("control", "models", "reasons_first", "protocol");

  static final JsonMapper JSON = new JsonMapper();

  private Suite() {}

  static List<Step> steps(String part) {
    return lines(HOME.resolve("cases/" + part + ".jsonl")).stream().map(Step::new).toList();
  }

  static JsonNode file(String name) {
    try {
      return JSON.readTree(Files.readString(HOME.resolve(name)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One JSON object a line. */
  static List<JsonNode> lines(Path file) {
    try {
      return Files.readAllLines(file).stream().map(JSON::readTree).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
