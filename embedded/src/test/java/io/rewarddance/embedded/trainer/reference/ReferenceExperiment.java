package io.rewarddance.embedded.trainer.reference;

import io.rewarddance.embedded.testing.Bases;
import io.rewarddance.embedded.testing.Repository;
import io.rewarddance.embedded.trainer.judge.JudgeBase;
import io.rewarddance.embedded.trainer.judge.JudgeData;
import io.rewarddance.embedded.trainer.judge.JudgeProgress;
import io.rewarddance.embedded.trainer.judge.JudgeUpdater;
import io.rewarddance.embedded.trainer.state.JudgeTrainingState;
import io.rewarddance.proto.training.JudgeUpdateResult;
import io.rewarddance.proto.training.JudgeUpdateResult.Score;
import io.rewarddance.proto.training.JudgeUpdateSettings;
import io.rewarddance.proto.training.UpdateSettings;
import io.rewarddance.rollout.preference.Preference;
import io.rewarddance.rollout.preference.PreferenceFile;
import io.rewarddance.rollout.preference.PreferenceReader;
import io.rewarddance.rollout.preference.PreferenceSet;
import io.rewarddance.rollout.preference.PreferenceWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a reference tells a judge; run by {@code benchmarks/references/run}. Trains a base on
 * preferences of style, once beside the references that the annotator saw and once without, and
 * asks both about held-out prompts: beside the right references, beside those of other pairs, and
 * without any. Arguments: directory for the files, base, updates, optimizer steps of each, seeds.
 */
public final class ReferenceExperiment {
  private static final int TRAINING_GROUPS = 1200;
  private static final int HELD_OUT_GROUPS = 200;
  private static final int MINIBATCH = 48;

  private ReferenceExperiment() {}

  public static void main(String[] arguments) throws Exception {
    Path directory = Files.createDirectories(Path.of(arguments[0]));
    PreferenceFile training = file(directory, "train", TRAINING_GROUPS, 1);
    PreferenceFile right = file(directory, "heldout", HELD_OUT_GROUPS, 2);
    PreferenceFile shuffled =
        PreferenceWriter.write(directory.resolve("shuffled.h5"), shuffled(right.set()));
    List<JudgeData.Named> validation =
        List.of(new JudgeData.Named("true", right), new JudgeData.Named("shuffled", shuffled));
    JudgeBase base = JudgeBase.read(Bases.version(arguments[1]));
    int updates = Integer.parseInt(arguments[2]);
    int steps = Integer.parseInt(arguments[3]);
    for (int seed = 1; seed <= Integer.parseInt(arguments[4]); seed++) {
      for (String recipe : List.of("pairwise-generative", "pointwise-generative")) {
        train(base, new JudgeData(training, validation), recipe, seed, updates, steps);
      }
    }
  }

  private static PreferenceFile file(Path directory, String split, int groups, long seed)
      throws Exception {
    Path file = directory.resolve(split + ".h5");
    if (!Files.exists(file)) {
      try (StylePairs pairs = new StylePairs()) {
        PreferenceWriter.write(file, pairs.draw(prompts(split), groups, seed));
      }
    }
    PreferenceFile read = PreferenceReader.read(file);
    Map<String, Long> pairs =
        read.set().pairs().stream()
            .collect(
                Collectors.groupingBy(Preference::domain, TreeMap::new, Collectors.counting()));
    System.out.println(split + ": pairs " + pairs);
    return read;
  }

  private static List<String> prompts(String split) throws Exception {
    Path file = Repository.model("").getParent().resolve("prompts/shapes-" + split + ".jsonl");
    return Files.readAllLines(file).stream().map(line -> line.split("\"")[3]).toList();
  }

  /** Every pair beside the reference of another one. */
  private static PreferenceSet shuffled(PreferenceSet set) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, set.size()).boxed().toList());
    Collections.shuffle(order, new Random(3));
    Preference[] pairs = new Preference[set.size()];
    for (int i = 0; i < pairs.length; i++) {
      Preference pair = set.pairs().get(order.get(i));
      Preference other = set.pairs().get(order.get((i + 1) % pairs.length));
      pairs[order.get(i)] =
          new Preference(
              pair.prompt(),
              pair.first(),
              pair.second(),
              pair.preferred(),
              pair.annotator(),
              pair.reason(),
              other.reference(),
              pair.domain());
    }
    return new PreferenceSet(set.images(), List.of(pairs));
  }

  private static void train(
      JudgeBase base, JudgeData data, String recipe, long seed, int updates, int steps)
      throws Exception {
    try (JudgeUpdater updater = new JudgeUpdater(2)) {
      JudgeTrainingState state = JudgeUpdater.initialState("experiment", base);
      JudgeUpdateSettings settings = settings(recipe, seed, steps, updates * steps);
      for (int update = 0; update < updates; update++) {
        state = updater.update(state, base, data, settings, "0".repeat(64), SILENT).state();
        print(state.result(update).orElseThrow(), recipe, seed);
      }
    }
  }

  private static void print(JudgeUpdateResult result, String recipe, long seed) {
    String accuracies =
        result.validation().stream()
            .map(set -> "\"%s\": %s".formatted(set.name(), accuracies(set.domains())))
            .collect(Collectors.joining(", "));
    System.out.printf(
        "{\"recipe\": \"%s\", \"seed\": %d, \"steps\": %d, \"seconds\": %.1f, %s}%n",
        recipe, seed, result.optimizerSteps(), result.seconds(), accuracies);
  }

  private static String accuracies(SortedMap<String, Score> domains) {
    return domains.entrySet().stream()
        .map(domain -> "\"%s\": %.3f".formatted(domain.getKey(), accuracy(domain.getValue())))
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private static double accuracy(Score score) {
    return (score.right() + score.ties() / 2.0) / score.total();
  }

  private static JudgeUpdateSettings settings(String recipe, long seed, int steps, int total) {
    return new JudgeUpdateSettings(
        recipe,
        "none",
        seed,
        steps,
        MINIBATCH,
        false,
        "log-odds",
        0.1,
        0,
        0.01,
        0.98,
        new UpdateSettings.Optimizer("muon", 2e-3, 1e-2, 0.9, 0.98, 1e-8, 0.01, 0.95, 1),
        new UpdateSettings.Schedule("cosine", total, 20, 0.4, 0.05));
  }

  private static final JudgeProgress SILENT =
      new JudgeProgress() {
        @Override
        public void loss(double value) {}

        @Override
        public void done(double share) {}

        @Override
        public boolean cancelled() {
          return false;
        }
      };
}
