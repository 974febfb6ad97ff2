package io.rewarddance.embedded.trainer.judge;

import io.rewarddance.embedded.trainer.DrawnPreferences;
import io.rewarddance.embedded.trainer.state.JudgeTrainingState;
import io.rewarddance.proto.training.JudgeUpdateSettings;
import io.rewarddance.rollout.preference.PreferenceFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Times updates of a judge; run by {@code benchmarks/judge-training/run}. Arguments: version
 * directory of the base, threads, optimizer steps. Prints a line of JSON for each recipe.
 */
public final class JudgeTrainingBenchmark {
  private static final int PAIRS = 960;
  private static final int MINIBATCH = 48;
  private static final int ROUNDS = 3;
  private static final double NANOS = 1e9;

  private JudgeTrainingBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    JudgeBase base = JudgeBase.read(Path.of(arguments[0]));
    int threads = Integer.parseInt(arguments[1]);
    int steps = Integer.parseInt(arguments[2]);
    Path directory = Files.createTempDirectory("judge-training");
    PreferenceFile file = DrawnPreferences.write(directory.resolve("pairs.h5"), PAIRS, 1);
    JudgeData data = new JudgeData(file, List.of());
    try (JudgeUpdater updater = new JudgeUpdater(threads)) {
      for (Recipe recipe : Recipe.values()) {
        if (Files.exists(Path.of(arguments[0]).resolve(recipe.trace()))) {
          time(updater, base, data, recipe, threads, steps);
        }
      }
    }
    Files.delete(file.path());
    Files.delete(directory);
  }

  private static void time(
      JudgeUpdater updater, JudgeBase base, JudgeData data, Recipe recipe, int threads, int steps)
      throws Exception {
    update(updater, base, data, recipe, 2);
    double best = Double.POSITIVE_INFINITY;
    for (int round = 0; round < ROUNDS; round++) {
      long start = System.nanoTime();
      update(updater, base, data, recipe, steps);
      best = Math.min(best, (System.nanoTime() - start) / NANOS);
    }
    System.out.printf(
        "{\"recipe\": \"%s\", \"parameters\": %d, \"threads\": %d, \"pairs_per_second\": %.0f}%n",
        recipe, base.layout().size(), threads, steps * MINIBATCH / best);
  }

  private static void update(
      JudgeUpdater updater, JudgeBase base, JudgeData data, Recipe recipe, int steps)
      throws Exception {
    JudgeUpdateSettings s = DrawnPreferences.settings(recipe.toString(), steps);
    JudgeUpdateSettings settings =
        new JudgeUpdateSettings(
            s.recipe(),
            s.reasons(),
            s.seed(),
            steps,
            MINIBATCH,
            s.orderSwap(),
            s.bradleyTerryOn(),
            s.crossEntropyWeight(),
            s.reasonWeight(),
            s.pixelNoise(),
            s.average(),
            s.optimizer(),
            s.schedule());
    JudgeTrainingState start = JudgeUpdater.initialState("benchmark", base);
    updater.update(start, base, data, settings, "0".repeat(64), JudgeUpdaterTest.NONE);
  }
}
