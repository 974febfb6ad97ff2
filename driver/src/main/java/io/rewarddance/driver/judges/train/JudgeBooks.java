package io.rewarddance.driver.judges.train;

import io.rewarddance.driver.config.JudgeTrainingConfig;
import io.rewarddance.driver.journal.JournalLine;
import io.rewarddance.driver.journal.JournalText;
import io.rewarddance.driver.journal.Kind;
import io.rewarddance.driver.judges.JobFolder;
import io.rewarddance.driver.judges.StageSeconds;
import io.rewarddance.proto.training.JudgeUpdateResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a judge's training writes down: a journal line for each update, and {@code summary.json}.
 */
final class JudgeBooks {
  private static final String SECONDS = "seconds";
  private static final String PROOF = "proof";

  private final JudgeTrainingConfig config;
  private final JobFolder folder;
  private final List<JudgeUpdateResult> results = new ArrayList<>();

  JudgeBooks(JudgeTrainingConfig config, JobFolder folder) {
    this.config = config;
    this.folder = folder;
    folder.all(Kind.UPDATED).forEach(line -> results.add(result(line)));
  }

  private static JudgeUpdateResult result(JournalLine line) {
    ObjectNode whole = line.data().deepCopy();
    whole.set(SECONDS, line.machine().path("training"));
    return JournalText.mapper().treeToValue(whole, JudgeUpdateResult.class);
  }

  /** Of updates 0, 1, ... */
  List<JudgeUpdateResult> results() {
    return List.copyOf(results);
  }

  /**
   * @param waited seconds from asking to the answer
   */
  void updated(JudgeUpdateResult result, double waited) throws IOException {
    ObjectNode data = JournalText.mapper().valueToTree(result);
    data.remove(SECONDS);
    ObjectNode machine = JobFolder.object();
    machine.put("training", result.seconds());
    machine.put("waiting", waited - result.seconds());
    folder.append(Kind.UPDATED, data, machine);
    results.add(result);
  }

  /** The proof of a job that came to its end. */
  Optional<Double> proof() {
    return folder
        .first(Kind.END)
        .map(line -> line.machine().path(PROOF))
        .map(proof -> proof.isNumber() ? proof.asDouble() : Double.NaN);
  }

  /** The last line, the first time. */
  void end(int best, String digest, double proof, StageSeconds seconds) throws IOException {
    if (folder.first(Kind.END).isPresent()) {
      return;
    }
    ObjectNode data = JobFolder.object();
    data.put("best_step", best);
    data.put("weights_digest", digest);
    ObjectNode machine = JobFolder.object();
    if (Double.isFinite(proof)) {
      machine.put(PROOF, proof);
    }
    machine.set(SECONDS, JournalText.mapper().valueToTree(seconds.all()));
    folder.append(Kind.END, data, machine);
  }

  JudgeSummary summary(java.nio.file.Path model) {
    int best = new BestUpdate(config.keep()).of(results);
    JudgeUpdateResult kept = results.get(best);
    SortedMap<String, SortedMap<String, DomainScore>> validation = new TreeMap<>();
    for (JudgeUpdateResult.Validation set : Proof.without(kept)) {
      validation.put(set.name(), Scoring.byDomain(set));
    }
    return new JudgeSummary(
        config.judge(),
        folder.directory(),
        config.base().getFileName().toString(),
        config.update().recipe(),
        config.update().reasons(),
        results.size(),
        results.get(results.size() - 1).optimizerSteps(),
        best,
        results.size() < config.updates(),
        kept.weightsDigest(),
        model,
        proof().orElse(Double.NaN),
        validation,
        logLosses(),
        seconds());
  }

  private SortedMap<String, List<Double>> logLosses() {
    SortedMap<String, List<Double>> bySet = new TreeMap<>();
    for (JudgeUpdateResult result : results) {
      for (JudgeUpdateResult.Validation set : Proof.without(result)) {
        bySet
            .computeIfAbsent(set.name(), name -> new ArrayList<>())
            .add(Scoring.whole(set).logLoss());
      }
    }
    return bySet;
  }

  private SortedMap<String, Double> seconds() {
    StageSeconds all = new StageSeconds();
    for (JournalLine line : folder.all(Kind.UPDATED)) {
      add(all, line.machine());
    }
    folder.first(Kind.END).ifPresent(line -> add(all, line.machine().path(SECONDS)));
    return all.all();
  }

  private static void add(StageSeconds all, JsonNode seconds) {
    for (Map.Entry<String, JsonNode> stage : seconds.properties()) {
      all.add(stage.getKey(), stage.getValue().asDouble());
    }
  }

  void write(JudgeSummary summary) throws IOException {
    ObjectNode json = JobFolder.object();
    json.put("judge", summary.judge());
    json.put("base", summary.base());
    json.put("recipe", summary.recipe());
    json.put("reasons", summary.reasons());
    json.put("updates", summary.updates());
    json.put("steps", summary.steps());
    json.put("best_step", summary.bestStep());
    json.put("stopped_early", summary.stoppedEarly());
    json.put("weights_digest", summary.weightsDigest());
    json.put("model", summary.model().toString());
    if (Double.isFinite(summary.proof())) {
      json.put(PROOF, summary.proof());
    }
    json.put("journal_digest", folder.digest());
    ObjectNode sets = json.putObject("validation");
    summary
        .validation()
        .forEach(
            (set, domains) -> {
              ObjectNode node = sets.putObject(set);
              domains.forEach((domain, score) -> score(node.putObject(domain), score));
            });
    json.set("log_losses", JournalText.mapper().valueToTree(summary.logLosses()));
    json.set(SECONDS, JournalText.mapper().valueToTree(summary.seconds()));
    folder.write("summary.json", json);
  }

  private static void score(ObjectNode node, DomainScore score) {
    node.put("accuracy", score.accuracy());
    node.put("low", score.low());
    node.put("high", score.high());
    node.put("n", score.n());
    node.put("log_loss", score.logLoss());
    node.put("ece", score.ece());
  }
}
