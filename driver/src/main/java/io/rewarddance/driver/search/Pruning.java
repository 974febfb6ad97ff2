package io.rewarddance.driver.search;

import io.rewarddance.driver.failure.Outcome;
import io.rewarddance.rollout.YesProbability;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Which candidates go on. Pure. */
final class Pruning {
  private Pruning() {}

  /**
   * Places of the best answers, best first. Candidates without an answer have no score and are
   * never among them; of equal ones the earlier goes first.
   *
   * @return at most {@code keep}, fewer when there are fewer answers
   */
  static List<Integer> best(List<Outcome<YesProbability>> answers, int keep) {
    return IntStream.range(0, answers.size())
        .filter(place -> !answers.get(place).isFailed())
        .boxed()
        .sorted(Comparator.comparingDouble(place -> -logOdds(answers.get(place))))
        .limit(keep)
        .toList();
  }

  /** Log-odds keep apart what P(yes) rounds to 1. */
  private static double logOdds(Outcome<YesProbability> answer) {
    return answer.value().orElseThrow().logOdds();
  }
}
