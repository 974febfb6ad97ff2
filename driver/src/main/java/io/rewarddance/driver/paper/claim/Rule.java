package io.rewarddance.driver.paper.claim;

import io.rewarddance.driver.format.Text;
import io.rewarddance.metrics.stat.MeanInterval;
import java.util.Optional;

/**
 * Decides by an effect's 95 % interval. The effect is there when the interval lies above 0, and not
 * when it lies below the least effect that would count; an interval that holds both decides
 * nothing, nor do fewer than {@link #LEAST_SEEDS} seeds.
 *
 * @param effect in words, such as "rank correlation of size and gold"
 * @param least effect that would count as one
 */
public record Rule(String effect, double least) {
  /** Below this, chance from seed to seed can't be told. */
  public static final int LEAST_SEEDS = 3;

  /** The least rank correlation that counts. */
  public static final double LEAST_CORRELATION = 0.3;

  /** The least difference of a share of right images that counts. */
  public static final double LEAST_DIFFERENCE = 0.02;

  public static Rule correlation(String effect) {
    return new Rule(effect, LEAST_CORRELATION);
  }

  public static Rule difference(String effect) {
    return new Rule(effect, LEAST_DIFFERENCE);
  }

  /** The rule in words. */
  public String words() {
    return Text.format(
        "%s: reproduced when its 95 %% interval (bootstrap) lies above 0, not reproduced when it lies below %s,"
            + " else undecided; at least %d seeds",
        effect, Text.number(least), LEAST_SEEDS);
  }

  /**
   * @param measured the effect; empty when there is too little to estimate it
   * @param seeds it stands on
   */
  public Ruling on(Optional<MeanInterval> measured, int seeds) {
    if (measured.isEmpty()) {
      return new Ruling(Verdict.UNDECIDED, measured, seeds, "nothing to estimate it from yet");
    }
    if (seeds < LEAST_SEEDS) {
      String few = Text.plural(seeds, "seed") + " of " + LEAST_SEEDS;
      return new Ruling(Verdict.UNDECIDED, measured, seeds, few);
    }
    MeanInterval interval = measured.get();
    if (interval.low() > 0) {
      return new Ruling(Verdict.REPRODUCED, measured, seeds, "the interval lies above 0");
    }
    if (interval.high() < least) {
      String below = "the interval lies below " + Text.number(least);
      return new Ruling(Verdict.NOT_REPRODUCED, measured, seeds, below);
    }
    String both = "the interval holds 0 and " + Text.number(least);
    return new Ruling(Verdict.UNDECIDED, measured, seeds, both);
  }
}
