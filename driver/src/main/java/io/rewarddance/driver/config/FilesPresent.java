package io.rewarddance.driver.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the settings point to must be there, before anything is started. */
final class FilesPresent {
  private static final List<String> SECURITY =
      List.of("token_file", "tls.ca", "tls.certificate", "tls.key");

  private final Rules rules;
  private final Path root;

  FilesPresent(Rules rules, Path root) {
    this.rules = rules;
    this.root = root;
  }

  /** A file, if the setting is there. */
  void file(String key) {
    if (rules.has(key) && !Files.isReadable(path(key))) {
      rules.problem(key, "a file that can be read; there is no " + path(key));
    }
  }

  /** Token and certificates of a part, such as {@code triton}. */
  void security(String part) {
    SECURITY.forEach(key -> file(part + "." + key));
  }

  /** A directory, if the setting is there. */
  void directory(String key) {
    if (rules.has(key) && !Files.isDirectory(path(key))) {
      rules.problem(key, "a directory; " + path(key) + " is none");
    }
  }

  /** Whether {@code triton.repository} is there; a problem if not. */
  boolean repository() {
    boolean there = Files.isDirectory(path("triton.repository"));
    if (!there) {
      String start = "; relative paths start at " + root;
      rules.problem(
          "triton.repository", "a directory; there is no " + path("triton.repository") + start);
    }
    return there;
  }

  /** A model of {@code triton.repository}, if the setting is there. */
  void model(String key) {
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

  Path path(String key) {
    return root.resolve(rules.value(key).asString()).normalize();
  }
}
