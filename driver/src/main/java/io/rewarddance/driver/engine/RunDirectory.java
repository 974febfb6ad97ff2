package io.rewarddance.driver.engine;

import java.nio.file.Path;

/** Where a run keeps what. */
record RunDirectory(Path root) {
  Path config() {
    return root.resolve("config.yaml");
  }

  Path journal() {
    return root.resolve("journal.jsonl");
  }

  Path rollouts() {
    return root.resolve("rollouts");
  }

  Path policies() {
    return root.resolve("policies");
  }

  /** The embedded server's copy of the model repository. */
  Path repository() {
    return root.resolve("repository");
  }

  /** A copy of the generator as training starts from it. */
  Path initialPolicy() {
    return root.resolve("initial-policy");
  }

  /** The embedded training backend's state. */
  Path backend() {
    return root.resolve("backend");
  }

  Path references(String judge, String set) {
    return root.resolve("references").resolve(judge + "-" + set + ".bin");
  }

  /** A file of the run as it is named in the journal. */
  String relative(Path file) {
    return root.relativize(file).toString().replace('\\', '/');
  }
}
