package io.rewarddance.driver.loop;

import io.rewarddance.metrics.hacking.Finding;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Everything a journal holds, in its order.
 *
 * @param plan how the run began; {@link RunPlan#resumedAt} is empty
 * @param iterations finished iterations, from 0 without a gap
 * @param evaluations in the order of their making
 * @param end how the run ended; empty when it is still running or was killed
 */
public record RunHistory(
    RunPlan plan,
    List<IterationRecord> iterations,
    List<Evaluation> evaluations,
    Optional<End> end) {
  public RunHistory {
    iterations = List.copyOf(iterations);
    evaluations = List.copyOf(evaluations);
  }

  /** The evaluation of that kind, when it was made. */
  public Optional<Evaluation> evaluation(Evaluation.When when) {
    return evaluations.stream().filter(evaluation -> evaluation.when() == when).findFirst();
  }

  /**
   * @param phase {@link Phase#FINISHED}, {@link Phase#STOPPED} or {@link Phase#FAILED}
   * @param reason why it stopped or failed; for a finished run empty, or why it ended early
   * @param findings what the last evaluation added to those of the iterations
   * @param seconds wall seconds by stage over all sittings, as in an iteration
   */
  public record End(
      Phase phase, String reason, SortedMap<String, Double> seconds, List<Finding> findings) {}
}
