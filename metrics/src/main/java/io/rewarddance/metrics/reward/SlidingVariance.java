package io.rewarddance.metrics.reward;

import io.rewarddance.metrics.stat.Moments;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The paper's reward sigma: standard deviation of all rewards of the last {@code window}
 * iterations. A near-zero value late in training is read as reward hacking. Not thread-safe.
 */
public final class SlidingVariance {
  private final int window;
  private final Deque<Moments> iterations = new ArrayDeque<>();

  /**
   * @param window iterations, at least 1; the paper uses 1,000
   */
  public SlidingVariance(int window) {
    if (window < 1) {
      throw new IllegalArgumentException("window: " + window + " (expected: >= 1)");
    }
    this.window = window;
  }

  /** Adds an iteration's rewards; the oldest beyond the window is forgotten. */
  public void add(Moments rewards) {
    iterations.addLast(rewards);
    if (iterations.size() > window) {
      iterations.removeFirst();
    }
  }

  /** Population standard deviation of all rewards in the window; 0 before the first. */
  public double sigma() {
    return pooled().sigma();
  }

  /** Population standard deviation of the iterations' mean rewards in the window. */
  public double sigmaOfMeans() {
    return Moments.of(
            iterations.stream().filter(m -> m.n() > 0).mapToDouble(Moments::mean).toArray())
        .sigma();
  }

  /** Iterations in the window. */
  public int size() {
    return iterations.size();
  }

  /** All rewards in the window. Merged anew each time, so no error builds up over a run. */
  public Moments pooled() {
    return iterations.stream().reduce(Moments.NONE, Moments::merge);
  }
}
