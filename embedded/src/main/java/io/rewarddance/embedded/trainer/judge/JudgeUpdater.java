package io.rewarddance.embedded.trainer.judge;

import io.rewarddance.embedded.trainer.state.JudgeTrainingState;
import io.rewarddance.embedded.trainer.tensor.SlicePool;
import io.rewarddance.embedded.weights.SafeTensors;
import io.rewarddance.proto.training.JudgeUpdateResult;
import io.rewarddance.proto.training.JudgeUpdateSettings;
import io.rewarddance.rollout.digest.Sha256;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes a judge's next state from a state and its files. The same state, files and settings give
 * the same weights to the bit, on any number of threads of one machine. One update at a time.
 */
public final class JudgeUpdater implements AutoCloseable {
  private static final double NANOS = 1e9;

  private final SlicePool pool;

  /**
   * @param threads slices of a minibatch that are computed at once
   */
  public JudgeUpdater(int threads) {
    this.pool = new SlicePool(threads);
  }

  /**
   * @param state the next state
   * @param weightsFile its average as the bytes of a weights file
   */
  public record Updated(JudgeTrainingState state, byte[] weightsFile) {}

  /** The state before the first update. */
  public static JudgeTrainingState initialState(String judge, JudgeBase base) {
    return JudgeTrainingState.initial(judge, base.layout().flatten(base.weights()), base.digest());
  }

  /**
   * @param digest of the request
   * @throws IllegalArgumentException naming the setting that can't be
   * @throws BadPreferencesException when the base or a file can't be used for it
   * @throws io.rewarddance.embedded.trainer.step.NonFiniteException when a number isn't finite
   * @throws java.util.concurrent.CancellationException when the progress asks for it
   * @throws IOException when a trace isn't readable
   */
  public Updated update(
      JudgeTrainingState before,
      JudgeBase base,
      JudgeData data,
      JudgeUpdateSettings settings,
      String digest,
      JudgeProgress progress)
      throws IOException {
    long start = System.nanoTime();
    JudgePlan plan = JudgePlan.of(settings);
    try (JudgeTraces traces = JudgeTraces.open(plan, base)) {
      List<Measured> measured = measured(data, base);
      Pairs pairs = Pairs.of(name(data), data.training().set(), base, traces.mostWords());
      try (JudgeTraining training =
          new JudgeTraining(plan, base.layout(), traces.loss(), pairs, pool)) {
        training.run(before, progress);
        List<JudgeUpdateResult.Validation> validation =
            validate(training, traces.verdict(), measured, progress);
        byte[] file =
            SafeTensors.encode(base.layout().unflatten(training.average(), base.weights()));
        JudgeUpdateResult result =
            training.result(
                before, digest, Sha256.of(file), validation, (System.nanoTime() - start) / NANOS);
        return new Updated(training.state(before, result), file);
      }
    }
  }

  @Override
  public void close() {
    pool.close();
  }

  private record Measured(String name, Pairs pairs) {}

  private static List<Measured> measured(JudgeData data, JudgeBase base) {
    List<Measured> measured = new ArrayList<>();
    for (JudgeData.Named named : data.validation()) {
      Pairs pairs = Pairs.of("validation " + named.name(), named.file().set(), base, 0);
      measured.add(new Measured(named.name(), pairs));
    }
    return measured;
  }

  private List<JudgeUpdateResult.Validation> validate(
      JudgeTraining training, Verdict verdict, List<Measured> measured, JudgeProgress progress) {
    Validator validator = new Validator(pool, verdict, training.averageTensors());
    return measured.stream()
        .map(file -> validator.measure(file.name(), file.pairs(), progress))
        .toList();
  }

  private static String name(JudgeData data) {
    return String.valueOf(data.training().path().getFileName());
  }
}
