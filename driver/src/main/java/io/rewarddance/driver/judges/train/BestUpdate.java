package io.rewarddance.driver.judges.train;

import io.rewarddance.driver.config.JudgeTrainingConfig;
import io.rewarddance.driver.config.JudgeTrainingConfig.Measure;
import io.rewarddance.proto.training.JudgeUpdateResult;
import io.rewarddance.proto.training.JudgeUpdateResult.Score;
import java.util.Comparator;
import java.util.List;

/** Which update is kept, and whether more are worth it. */
final class BestUpdate {
  private final JudgeTrainingConfig.Keep keep;

  BestUpdate(JudgeTrainingConfig.Keep keep) {
    this.keep = keep;
  }

  /**
   * Number of the best update, the first of equals.
   *
   * @param results of updates 0, 1, ..., at least one
   */
  int of(List<JudgeUpdateResult> results) {
    int best = 0;
    for (int i = 1; i < results.size(); i++) {
      if (better(deciding(results.get(i)), deciding(results.get(best)))) {
        best = i;
      }
    }
    return best;
  }

  /** Whether the updates since the best one have used the patience up. */
  boolean exhausted(List<JudgeUpdateResult> results) {
    return keep.patience() > 0
        && !results.isEmpty()
        && results.size() - 1 - of(results) >= keep.patience();
  }

  private boolean better(Score one, Score other) {
    Comparator<Score> byLoss = Comparator.comparingDouble((Score s) -> -s.logLoss());
    // All updates are measured on the same pairs, so counts are as good as shares.
    Comparator<Score> order =
        keep.measure() == Measure.LOG_LOSS
            ? byLoss
            : Comparator.comparingInt(Score::right).thenComparing(byLoss);
    return order.compare(one, other) > 0;
  }

  private Score deciding(JudgeUpdateResult result) {
    return result.validation().stream()
        .filter(set -> set.name().equals(keep.set()))
        .findFirst()
        .map(Scoring::whole)
        .orElseThrow(() -> new IllegalStateException("no validation '" + keep.set() + "'"));
  }
}
