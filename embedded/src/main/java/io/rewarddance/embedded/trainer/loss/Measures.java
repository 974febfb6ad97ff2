package io.rewarddance.embedded.trainer.loss;

import io.rewarddance.embedded.trainer.step.Summed;

/**
 * Sums over samples, so that slices and minibatches add up.
 *
 * @param samples samples
 * @param loss sum of their losses
 * @param ratio sum of their policy ratios (GRPO)
 * @param ratioDeviation largest |ratio - 1| (GRPO)
 * @param clippedLow ratios below the clip range
 * @param clippedHigh ratios above the clip range
 * @param klSamples samples whose distance to the reference was measured
 * @param kl sum of those distances
 * @param distance sum of the squared velocity distances to the sampling policy (NFT)
 */
public record Measures(
    long samples,
    double loss,
    double ratio,
    double ratioDeviation,
    long clippedLow,
    long clippedHigh,
    long klSamples,
    double kl,
    double distance)
    implements Summed<Measures> {
  public static final Measures NONE = new Measures(0, 0, 0, 0, 0, 0, 0, 0, 0);

  @Override
  public Measures plus(Measures other) {
    return new Measures(
        samples + other.samples,
        loss + other.loss,
        ratio + other.ratio,
        Math.max(ratioDeviation, other.ratioDeviation),
        clippedLow + other.clippedLow,
        clippedHigh + other.clippedHigh,
        klSamples + other.klSamples,
        kl + other.kl,
        distance + other.distance);
  }

  /** The same samples with something more in their loss. */
  Measures plusLoss(double more) {
    return new Measures(
        samples,
        loss + more,
        ratio,
        ratioDeviation,
        clippedLow,
        clippedHigh,
        klSamples,
        kl,
        distance);
  }

  public double meanLoss() {
    return mean(loss, samples);
  }

  public double meanRatio() {
    return mean(ratio, samples);
  }

  public double meanKl() {
    return mean(kl, klSamples);
  }

  public double meanDistance() {
    return mean(distance, samples);
  }

  public double shareClippedLow() {
    return mean(clippedLow, samples);
  }

  public double shareClippedHigh() {
    return mean(clippedHigh, samples);
  }

  private static double mean(double sum, long count) {
    return count == 0 ? 0 : sum / count;
  }
}
