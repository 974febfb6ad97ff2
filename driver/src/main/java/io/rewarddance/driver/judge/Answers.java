package io.rewarddance.driver.judge;

import io.rewarddance.driver.failure.Outcome;
import io.rewarddance.rollout.YesProbability;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Several answers about one image as one. */
final class Answers {
  private Answers() {}

  /** The same answer from the other side: what was "yes" for one image is "no" for the other. */
  static YesProbability swapped(YesProbability answer) {
    return new YesProbability(answer.noLogProb(), answer.yesLogProb());
  }

  /**
   * Mean probability of "yes" and of "no". One failed answer fails all: a mean over fewer questions
   * would be another measure than the one its group is compared by.
   */
  static Outcome<YesProbability> mean(List<Outcome<YesProbability>> answers) {
    for (Outcome<YesProbability> answer : answers) {
      if (answer.isFailed()) {
        return answer;
      }
    }
    List<YesProbability> given = answers.stream().map(a -> a.value().orElseThrow()).toList();
    if (given.size() == 1) {
      return answers.get(0);
    }
    return Outcome.of(
        new YesProbability(
            logMean(given, YesProbability::yesLogProb), logMean(given, YesProbability::noLogProb)));
  }

  /** Summed by size, so that a judge's bias for one order cancels to the last bit. */
  private static double logMean(
      List<YesProbability> answers, ToDoubleFunction<YesProbability> which) {
    double[] logs = answers.stream().mapToDouble(which).sorted().toArray();
    double high = logs[logs.length - 1];
    if (high == Double.NEGATIVE_INFINITY) {
      return high;
    }
    double sum = 0;
    for (double log : logs) {
      sum += Math.exp(log - high);
    }
    return high + Math.log(sum / logs.length);
  }
}
