package io.rewarddance.driver.engine;

import io.rewarddance.driver.config.RunConfig;
import io.rewarddance.rollout.Prompt;
import io.rewarddance.rollout.digest.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The settings that decide what a run computes, as they go into the journal's first line. Where
 * things are, how long to wait, how often to try again and what to do after a failure are not among
 * them: those may be changed before a run is resumed.
 */
final class RunSettings {
  private RunSettings() {}

  /** Names of values that don't decide results, by the object that they are in. */
  private static final List<String> TOP =
      List.of("run", "output", "threads", "policies", "timeLimit");

  private static final List<String> TRITON =
      List.of(
          "endpoints",
          "repository",
          "deadline",
          "loadDeadline",
          "maxInFlightBytes",
          "requestsInFlight",
          "retries",
          "tls",
          "tokenFile");

  private static final List<String> TRAINING =
      List.of("endpoint", "tokenFile", "deadline", "retries");

  static ObjectNode of(RunConfig config, List<Prompt> train, List<Prompt> heldOut) {
    ObjectNode settings = RecordJson.of(config);
    settings.remove(TOP);
    remove(settings, "triton", TRITON);
    remove(settings, "training", TRAINING);
    remove(settings, "publish", List.of("directory", "keep"));
    remove(settings, "monitor", List.of("onStopFinding"));
    ObjectNode prompts = (ObjectNode) settings.get("prompts");
    prompts.put("train", digest(train));
    prompts.put("heldOut", digest(heldOut));
    return settings;
  }

  private static void remove(ObjectNode settings, String part, List<String> names) {
    ((ObjectNode) settings.get(part)).remove(names);
  }

  private static String digest(List<Prompt> prompts) {
    MessageDigest sha = Sha256.fresh();
    for (Prompt prompt : prompts) {
      String line = prompt.index() + "\t" + prompt.category() + "\t" + prompt.text() + "\n";
      sha.update(line.getBytes(StandardCharsets.UTF_8));
    }
    return Sha256.hex(sha);
  }

  /** What is different, one text for each setting; empty when nothing is. */
  static List<String> differences(JsonNode then, JsonNode now) {
    List<String> differences = new ArrayList<>();
    collect("", then, now, differences);
    return differences;
  }

  private static void collect(String path, JsonNode then, JsonNode now, List<String> differences) {
    if (then instanceof ObjectNode && now instanceof ObjectNode) {
      TreeSet<String> names = new TreeSet<>(then.propertyNames());
      names.addAll(now.propertyNames());
      for (String name : names) {
        String inner = path.isEmpty() ? name : path + "." + name;
        collect(inner, then.path(name), now.path(name), differences);
      }
    } else if (!then.toString().equals(now.toString())) {
      differences.add(path + ": " + now + " (expected: " + then + ")");
    }
  }
}
