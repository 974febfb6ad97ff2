package io.rewarddance.driver.judges;

import io.rewarddance.rollout.digest.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Whether a job that goes on is still the same job. */
final class JobSettings {
  /** Settings that change nothing that a job computes. */
  private static final String FREE = "threads:";

  private JobSettings() {}

  /**
   * @param kept what the job was begun with
   * @param yaml what it shall go on with
   */
  static void requireSame(Path kept, String yaml) throws IOException, JobException {
    List<String> before = lines(Files.readString(kept));
    List<String> now = lines(yaml);
    for (int i = 0; i < Math.max(before.size(), now.size()); i++) {
      String old = i < before.size() ? before.get(i).strip() : "nothing";
      String other = i < now.size() ? now.get(i).strip() : "nothing";
      if (!old.equals(other)) {
        throw JobException.refused(
            "%s was begun with other settings: '%s', now '%s' (expected: the same ones, another name, or delete it)"
                .formatted(kept.getParent(), old, other));
      }
    }
  }

  /** What tells this job's settings and inputs from others'. */
  static String digest(String yaml, ObjectNode inputs) {
    String text = String.join("\n", lines(yaml)) + "\n" + inputs;
    return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> lines(String yaml) {
    return yaml.lines().filter(line -> !line.startsWith("#") && !line.startsWith(FREE)).toList();
  }

  static void requireSameInputs(Path directory, ObjectNode before, ObjectNode now)
      throws JobException {
    for (Map.Entry<String, JsonNode> input : now.properties()) {
      JsonNode old = before.path(input.getKey());
      if (!old.equals(input.getValue())) {
        throw JobException.refused(
            "%s was begun with another %s: %s, now %s (expected: the same, another name, or delete it)"
                .formatted(directory, input.getKey(), old, input.getValue()));
      }
    }
  }
}
