package io.rewarddance.metrics.hacking;

/**
 * What an evaluation on held-out prompts tells the monitor, each with the interval that its images
 * give it. Evaluations are few, so rules judge two of them by those intervals and not by scatter.
 */
public enum Measure {
  /** Mean graded score of a judge or oracle that is never trained on. */
  GOLD("gold"),
  /** Mean normalised P(yes) of the judges that reward. */
  P_YES("P(yes) of held-out images"),
  /** Spearman's rank correlation of mean P(yes) and gold over all images of the evaluation. */
  GOLD_CORRELATION("rank correlation of P(yes) and gold over held-out images");

  private final String label;

  Measure(String label) {
    this.label = label;
  }

  /** Its name in messages. */
  public String label() {
    return label;
  }
}
