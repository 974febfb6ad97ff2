package io.rewarddance.driver.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What must hold between the settings of a judge's training, and on disk. */
final class JudgeRules {
  /** What the backend is asked for the sake of the proof goes by this name. */
  private static final String PROOF = "proof";

  private final Rules rules;
  private final FilesPresent files;

  JudgeRules(Rules rules, Path root) {
    this.rules = rules;
    this.files = new FilesPresent(rules, root);
  }

  void check() {
    Endpoints.embedded(rules);
    Security security = new Security(rules);
    security.triton();
    security.training();
    files.security("triton");
    files.security("training");
    base();
    files.file("preferences");
    rules.distinct("validation", "name");
    List<String> names = new ArrayList<>();
    for (int i = 0; i < rules.value("validation").size(); i++) {
      files.file("validation[" + i + "].file");
      names.add(rules.value("validation[" + i + "].name").asString());
    }
    if (names.contains(PROOF)) {
      rules.problem("validation[" + names.indexOf(PROOF) + "].name", "another name than " + PROOF);
    }
    if (!names.contains(rules.value("keep.set").asString())) {
      rules.problem("keep.set", "a validation set: " + String.join(", ", names));
    }
    steps();
  }

  private void base() {
    if (!Files.isRegularFile(files.path("base").resolve("config.pbtxt"))) {
      rules.problem(
          "base", "a model directory; there is no " + files.path("base") + "/config.pbtxt");
    }
    if (files
        .path("publish.repository")
        .resolve(rules.value("publish.model").asString())
        .equals(files.path("base"))) {
      rules.clash("publish.model", "another place than the base's", "base");
    }
  }

  private void steps() {
    long steps = rules.whole("updates") * rules.whole("steps");
    if (steps > Integer.MAX_VALUE) {
      rules.clash("steps", "updates * steps <= " + Integer.MAX_VALUE, "updates");
    }
    if (rules.whole("training.schedule.warmup") >= steps) {
      String most = "< updates * steps = " + steps;
      rules.clash("training.schedule.warmup", most, "steps");
    }
  }
}
