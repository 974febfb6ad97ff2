package io.rewarddance.driver.conformance;

import io.rewarddance.driver.publish.ModelText;
import io.rewarddance.driver.publish.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * What the suite serves beside the repository's models, as {@code models.json} says: models as they
 * lie elsewhere, and judges in the form in which {@code train-judge} publishes them, made of a base
 * and its weights.
 */
public final class SuiteModels {
  private static final List<String> GRAPH_KINDS = List.of(".onnx", ".pt");

  /** A judge, and what it was made of. */
  public record Published(String model, Path base, Map<String, String> parameters) {
    @Override
    public String toString() {
      return model;
    }
  }

  private SuiteModels() {}

  /** The judges among them. */
  public static List<Published> published() {
    List<Published> judges = new ArrayList<>();
    for (JsonNode entry : Suite.file("models.json")) {
      if (entry.has("graphs")) {
        judges.add(
            new Published(
                entry.get("model").asString(), source(entry), texts(entry.get("parameters"))));
      }
    }
    return judges;
  }

  /**
   * Adds all of them.
   *
   * @param repository that exists
   */
  public static void addTo(Path repository) throws IOException {
    for (JsonNode entry : Suite.file("models.json")) {
      Path model = repository.resolve(entry.get("model").asString());
      if (entry.has("graphs")) {
        publish(entry, model);
      } else {
        Trees.copy(source(entry), model);
      }
    }
  }

  private static void publish(JsonNode entry, Path model) throws IOException {
    Path from = source(entry).resolve("1");
    Path version = Files.createDirectories(model.resolve("1"));
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.filter(SuiteModels::isNoGraph).toList()) {
        Files.copy(file, version.resolve(file.getFileName()));
      }
    }
    for (Map.Entry<String, String> graph : texts(entry.get("graphs")).entrySet()) {
      for (String kind : GRAPH_KINDS) {
        Path file = from.resolve(graph.getValue() + kind);
        if (Files.exists(file)) {
          Files.copy(file, version.resolve(graph.getKey() + kind));
        }
      }
    }
    String name = model.getFileName().toString();
    Files.writeString(
        model.resolve(ModelText.FILE),
        ModelText.renamed(ModelText.read(source(entry)), name, texts(entry.get("parameters"))));
  }

  private static boolean isNoGraph(Path file) {
    return Files.isRegularFile(file)
        && GRAPH_KINDS.stream().noneMatch(kind -> file.toString().endsWith(kind));
  }

  private static Path source(JsonNode entry) {
    return Suite.HOME.resolveSibling(entry.get("from").asString());
  }

  private static Map<String, String> texts(JsonNode object) {
    Map<String, String> texts = new TreeMap<>();
    object.properties().forEach(p -> texts.put(p.getKey(), p.getValue().asString()));
    return texts;
  }
}
