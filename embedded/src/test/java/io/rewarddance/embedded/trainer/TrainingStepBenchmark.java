package io.rewarddance.embedded.trainer;

import io.rewarddance.embedded.trainer.state.TrainerState;
import io.rewarddance.embedded.trainer.step.Progress;
import io.rewarddance.embedded.trainer.update.InitialModel;
import io.rewarddance.embedded.trainer.update.Updater;
import io.rewarddance.proto.training.UpdateSettings;
import io.rewarddance.rollout.store.RolloutFile;
import io.rewarddance.rollout.store.RolloutReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Times whole NFT updates of 144 rollouts, as the quickstart makes them; run by {@code
 * benchmarks/training-step/run}. Arguments: threads, updates. Prints one line of JSON.
 */
public final class TrainingStepBenchmark {
  private static final int ROLLOUTS = 164;
  private static final double NANOS = 1e9;

  private TrainingStepBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    int threads = Integer.parseInt(arguments[0]);
    int updates = Integer.parseInt(arguments[1]);
    Path directory = Files.createTempDirectory("training-step");
    SampledRollouts rollouts = SampledRollouts.ode(ROLLOUTS);
    UpdateSettings settings = TestSettings.nft();
    Path path = rollouts.write(directory, "benchmark", 0, rollouts.policy(), settings).path();
    RolloutFile file = RolloutReader.read(path);
    try (Updater updater = new Updater(InitialModel.read(TestModel.versionDirectory()), threads)) {
      TrainerState state = updater.initialState();
      long cold = System.nanoTime();
      updater.update(state, file, Progress.NONE);
      double first = (System.nanoTime() - cold) / NANOS;
      double[] seconds = new double[updates];
      int steps = 0;
      for (int i = 0; i < updates; i++) {
        long start = System.nanoTime();
        steps = updater.update(state, file, Progress.NONE).history().get(0).minibatches();
        seconds[i] = (System.nanoTime() - start) / NANOS;
      }
      Arrays.sort(seconds);
      System.out.printf(
          "{\"threads\": %d, \"rollouts\": %d, \"steps\": %d, \"first_seconds\": %.3f,"
              + " \"median_seconds\": %.3f, \"best_seconds\": %.3f}%n",
          threads, 144, steps, first, seconds[updates / 2], seconds[0]);
    }
    Files.delete(path);
    Files.delete(directory);
  }
}
