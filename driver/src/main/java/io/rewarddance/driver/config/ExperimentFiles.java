package io.rewarddance.driver.config;

import java.nio.file.Path;

/** The files of an experiment. */
final class ExperimentFiles {
  private final Rules rules;
  private final FilesPresent files;

  ExperimentFiles(Rules rules, Path root) {
    this.rules = rules;
    this.files = new FilesPresent(rules, root);
  }

  void check() {
    files.file("prompts.train");
    files.security("triton");
    files.security("training");
    if (rules.whole("evaluate.held_out_images") > 0 || rules.whole("evaluate.every") > 0) {
      files.file("prompts.held_out");
    }
    files.directory("publish.directory");
    if (rules.is("triton.endpoints[0]", "embedded") || rules.is("training.endpoint", "embedded")) {
      repository();
    }
  }

  private void repository() {
    if (!files.repository()) {
      return;
    }
    files.model("triton.generator");
    if (rules.is("triton.endpoints[0]", "embedded")) {
      files.model("triton.oracle");
      int judges = rules.value("judges").size();
      for (int i = 0; i < judges; i++) {
        files.model("judges[" + i + "].model");
      }
    }
  }
}
