package io.rewarddance.embedded.trainer.judge;

import com.sun.management.OperatingSystemMXBean;
import io.rewarddance.embedded.trainer.ChangedSettings;
import io.rewarddance.embedded.trainer.DrawnPreferences;
import io.rewarddance.embedded.trainer.state.JudgeTrainingState;
import io.rewarddance.proto.training.JudgeUpdateSettings;
import io.rewarddance.rollout.preference.PreferenceFile;
import io.rewarddance.rollout.preference.PreferenceWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Times updates of a judge; run by {@code benchmarks/judge-training/run}. Arguments: version
 * directory of the base, threads, optimizer steps. Prints a line of JSON for each recipe, without
 * and with reasons, that the base has the traces for: pairs in a second, and in a second of
 * processor time, which other work on the machine changes less.
 */
public final class JudgeTrainingBenchmark {
  private static final int PAIRS = 960;
  private static final int MINIBATCH = 48;
  private static final int ROUNDS = 3;
  private static final double NANOS = 1e9;
  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private final JudgeUpdater updater;
  private final JudgeBase base;
  private final JudgeData data;
  private final int steps;

  private JudgeTrainingBenchmark(JudgeUpdater updater, JudgeBase base, JudgeData data, int steps) {
    this.updater = updater;
    this.base = base;
    this.data = data;
    this.steps = steps;
  }

  /** Best of the rounds. */
  private record Times(double wall, double processor) {}

  public static void main(String[] arguments) throws Exception {
    Path version = Path.of(arguments[0]);
    JudgeBase base = JudgeBase.read(version);
    int threads = Integer.parseInt(arguments[1]);
    int steps = Integer.parseInt(arguments[2]);
    Path directory = Files.createTempDirectory("judge-training");
    PreferenceFile file =
        PreferenceWriter.write(
            directory.resolve("pairs.h5"),
            DrawnPreferences.saying(DrawnPreferences.contrary(PAIRS, 1), "wrong square"));
    try (JudgeUpdater updater = new JudgeUpdater(threads)) {
      JudgeTrainingBenchmark benchmark =
          new JudgeTrainingBenchmark(updater, base, new JudgeData(file, List.of()), steps);
      for (Recipe recipe : Recipe.values()) {
        if (Files.exists(version.resolve(recipe.trace()))) {
          benchmark.time(recipe, "none", threads);
        }
        if (Files.exists(version.resolve(recipe.talkingTrace()))) {
          benchmark.time(recipe, "decision-first", threads);
        }
      }
    }
    Files.delete(file.path());
    Files.delete(directory);
  }

  private void time(Recipe recipe, String reasons, int threads) throws Exception {
    update(recipe, reasons, 2);
    double wall = Double.POSITIVE_INFINITY;
    double processor = Double.POSITIVE_INFINITY;
    for (int round = 0; round < ROUNDS; round++) {
      Times times = update(recipe, reasons, steps);
      wall = Math.min(wall, times.wall());
      processor = Math.min(processor, times.processor());
    }
    System.out.printf(
        "{\"recipe\": \"%s\", \"reasons\": \"%s\", \"parameters\": %d, \"threads\": %d,"
            + " \"pairs_per_second\": %.0f, \"pairs_per_processor_second\": %.0f}%n",
        recipe,
        reasons,
        base.layout().size(),
        threads,
        steps * MINIBATCH / wall,
        steps * MINIBATCH / processor);
  }

  private Times update(Recipe recipe, String reasons, int count) throws Exception {
    JudgeUpdateSettings settings =
        ChangedSettings.of(
            DrawnPreferences.settings(recipe.toString(), count),
            Map.of("reasons", reasons, "minibatch", MINIBATCH));
    JudgeTrainingState start = JudgeUpdater.initialState("benchmark", base);
    long processor = PROCESS.getProcessCpuTime();
    long wall = System.nanoTime();
    updater.update(start, base, data, settings, "0".repeat(64), JudgeUpdaterTest.NONE);
    return new Times(
        (System.nanoTime() - wall) / NANOS, (PROCESS.getProcessCpuTime() - processor) / NANOS);
  }
}
