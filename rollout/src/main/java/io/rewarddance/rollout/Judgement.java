package io.rewarddance.rollout;

import java.util.Optional;

/** What became of asking one judge about one rollout: an answer, or a classed failure. */
public sealed interface Judgement {
  /** The rollout that was judged. */
  RolloutId id();

  /**
   * An answer.
   *
   * @param forward the question as asked: is the image better than the reference (or: does it
   *     match)
   * @param swapped a pairwise question asked once more with the images exchanged: its yes speaks
   *     against the rollout
   * @param gradient of log P(yes) by the rollout's image, where it was asked for
   */
  record Judged(
      RolloutId id,
      YesProbability forward,
      Optional<YesProbability> swapped,
      Optional<ImageGradient> gradient)
      implements Judgement {
    public Judged {
      Check.present(id, "id");
      Check.present(forward, "forward");
      Check.present(swapped, "swapped");
      Check.present(gradient, "gradient");
    }

    /** An answer without a gradient. */
    public Judged(RolloutId id, YesProbability forward, Optional<YesProbability> swapped) {
      this(id, forward, swapped, Optional.empty());
    }

    /**
     * Both orders as one answer: "yes" is the mean of forward yes and swapped no, "no" the mean of
     * forward no and swapped yes. Just {@link #forward()} when one order was asked.
     */
    public YesProbability combined() {
      return swapped
          .map(
              other ->
                  new YesProbability(
                      logMean(forward.yesLogProb(), other.noLogProb()),
                      logMean(forward.noLogProb(), other.yesLogProb())))
          .orElse(forward);
    }

    /** P(yes) of the {@link #combined()} answer. */
    public double probability() {
      return combined().probability();
    }

    private static double logMean(double a, double b) {
      double high = Math.max(a, b);
      if (high == Double.NEGATIVE_INFINITY) {
        return high;
      }
      return high + Math.log((Math.exp(a - high) + Math.exp(b - high)) / 2);
    }
  }

  /** No answer: the rollout gets no reward. */
  record Failed(RolloutId id, Failure failure) implements Judgement {
    public Failed {
      Check.present(id, "id");
      Check.present(failure, "failure");
    }
  }
}
