package io.rewarddance.driver.engine;

import io.rewarddance.driver.journal.JournalLine;
import io.rewarddance.driver.journal.JournalText;
import io.rewarddance.driver.loop.Evaluation;
import io.rewarddance.driver.loop.IterationRecord;
import io.rewarddance.driver.loop.RunPlan;
import io.rewarddance.driver.publish.Canary.Song;
import io.rewarddance.metrics.hacking.Finding;
import io.rewarddance.rollout.PolicyRef;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The values of a run as the content of journal lines: what is the same in equal runs goes into the
 * line's {@code data}, the rest into {@code machine}.
 */
final class RecordJson {
  static final String SECONDS = "seconds";
  static final String CANARY = "canary";
  static final String ENDS = "ends";
  static final String FINDINGS = "findings";
  private static final String RUN = "run";
  private static final String ROLLOUT_DIGEST = "rolloutDigest";
  private static final String SHA256 = "sha256";
  private static final String DIRECTORY = "directory";
  private static final String SERVING = "serving";
  private static final String TRAINING = "training";

  private static final JsonMapper MAPPER = JournalText.mapper();

  private RecordJson() {}

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  static <T> T as(ObjectNode data, Class<T> type) {
    return MAPPER.treeToValue(data, type);
  }

  static ObjectNode of(Object value) {
    return MAPPER.valueToTree(value);
  }

  static ArrayNode list(List<?> values) {
    return MAPPER.valueToTree(values);
  }

  static List<Finding> findings(JournalLine line) {
    return List.of(MAPPER.treeToValue(line.data().path(FINDINGS), Finding[].class));
  }

  /** Name and place of a run, and what serves it, differ between equal runs. */
  static ObjectNode planData(RunPlan plan) {
    ObjectNode data = of(plan);
    data.remove(List.of(RUN, DIRECTORY, SERVING, TRAINING, "resumedAt"));
    return data;
  }

  static ObjectNode planMachine(RunPlan plan) {
    return object()
        .put(RUN, plan.run())
        .put(SERVING, plan.serving())
        .put(TRAINING, plan.training());
  }

  static RunPlan plan(JournalLine line, Path directory) {
    ObjectNode data = object();
    data.setAll((ObjectNode) line.data().get("plan"));
    data.put(DIRECTORY, directory.toString());
    data.put(RUN, line.machine().path(RUN).asString(""));
    data.put(SERVING, line.machine().path(SERVING).asString(""));
    data.put(TRAINING, line.machine().path(TRAINING).asString(""));
    data.putNull("resumedAt");
    return as(data, RunPlan.class);
  }

  static ObjectNode recordData(IterationRecord record) {
    ObjectNode data = of(record);
    data.remove(List.of(SECONDS, ROLLOUT_DIGEST, "journalLine"));
    return data;
  }

  /** The rollout file has the run's name in it, so its digest differs between equal runs. */
  static ObjectNode recordMachine(IterationRecord record) {
    return object().put(ROLLOUT_DIGEST, record.rolloutDigest());
  }

  static ObjectNode storedData(StoredIteration stored) {
    ObjectNode data = of(stored);
    data.remove(SHA256);
    return data;
  }

  static ObjectNode storedMachine(StoredIteration stored) {
    return object().put(SHA256, stored.sha256());
  }

  static StoredIteration stored(JournalLine line) {
    ObjectNode data = object();
    data.setAll(line.data());
    data.put(SHA256, line.machine().path(SHA256).asString(""));
    return as(data, StoredIteration.class);
  }

  static IterationRecord record(JournalLine line) {
    ObjectNode data = object();
    data.setAll(line.data());
    data.remove(List.of(CANARY, ENDS));
    data.set(SECONDS, of(seconds(line)));
    data.put(ROLLOUT_DIGEST, line.machine().path(ROLLOUT_DIGEST).asString(""));
    data.put("journalLine", line.text());
    return as(data, IterationRecord.class);
  }

  static ObjectNode evaluationData(Evaluation evaluation) {
    ObjectNode data = of(evaluation);
    data.remove(SECONDS);
    return data;
  }

  static Evaluation evaluation(JournalLine line) {
    ObjectNode data = object();
    data.setAll(line.data());
    data.put(SECONDS, seconds(line).getOrDefault("total", 0.0));
    return as(data, Evaluation.class);
  }

  static ObjectNode song(Song song) {
    return object()
        .put("version", song.policy().version())
        .put("digest", song.policy().digest())
        .put("latents", song.latents());
  }

  static Song song(JsonNode node) {
    PolicyRef policy = new PolicyRef(node.path("version").asLong(), node.path("digest").asString());
    return new Song(policy, node.path("latents").asString());
  }

  static SortedMap<String, Double> seconds(JournalLine line) {
    SortedMap<String, Double> seconds = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry : line.machine().path(SECONDS).properties()) {
      seconds.put(entry.getKey(), entry.getValue().asDouble());
    }
    return seconds;
  }
}
