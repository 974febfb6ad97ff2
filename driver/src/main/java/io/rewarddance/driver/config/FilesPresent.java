package io.rewarddance.driver.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** What the settings point to must be there, before anything is started. */
final class FilesPresent {
  private static final List<String> FILES =
      List.of(
          "prompts.train",
          "triton.token_file",
          "training.token_file",
          "triton.tls.ca",
          "triton.tls.certificate",
          "triton.tls.key",
          "training.tls.ca",
          "training.tls.certificate",
          "training.tls.key");

  private final Rules rules;
  private final Path root;

  FilesPresent(Rules rules, Path root) {
    this.rules = rules;
    this.root = root;
  }

  void check() {
    FILES.forEach(this::file);
    if (rules.whole("evaluate.held_out_images") > 0 || rules.whole("evaluate.every") > 0) {
      file("prompts.held_out");
    }
    if (rules.has("publish.directory") && !Files.isDirectory(path("publish.directory"))) {
      rules.problem("publish.directory", "a directory; " + path("publish.directory") + " is none");
    }
    if (rules.is("triton.endpoints[0]", "embedded") || rules.is("training.endpoint", "embedded")) {
      repository();
    }
  }

  private void file(String key) {
    if (rules.has(key) && !Files.isReadable(path(key))) {
      rules.problem(key, "a file that can be read; there is no " + path(key));
    }
  }

  private void repository() {
    if (!Files.isDirectory(path("triton.repository"))) {
      String start = "; relative paths start at " + root;
      rules.problem(
          "triton.repository", "a directory; there is no " + path("triton.repository") + start);
      return;
    }
    model("triton.generator");
    if (rules.is("triton.endpoints[0]", "embedded")) {
      model("triton.oracle");
      JsonNode judges = rules.value("judges");
      for (int i = 0; i < judges.size(); i++) {
        model("judges[" + i + "].model");
      }
    }
  }

  private void model(String key) {
    if (rules.has(key)
        && !Files.isRegularFile(
            path("triton.repository")
                .resolve(rules.value(key).asString())
                .resolve("config.pbtxt"))) {
      rules.problem(key, "a model of triton.repository: " + models());
    }
  }

  private String models() {
    try (Stream<Path> entries = Files.list(path("triton.repository"))) {
      return entries
          .filter(entry -> Files.isRegularFile(entry.resolve("config.pbtxt")))
          .map(entry -> entry.getFileName().toString())
          .sorted()
          .collect(Collectors.joining(", "));
    } catch (IOException e) {
      return "it can't be listed: " + e.getMessage();
    }
  }

  private Path path(String key) {
    return root.resolve(rules.value(key).asString()).normalize();
  }
}
