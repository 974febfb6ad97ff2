package io.rewarddance.embedded.sampling;

/**
 * Takes a state back up the schedule: {@code stateWeight x + noiseWeight n} with standard normal n.
 * A state at noise level sigma is {@code (1 - sigma) x0 + sigma noise}; afterwards it is one of the
 * same x0 at the higher level, its noise part old and part new.
 */
public record Renoising(double stateWeight, double noiseWeight) {
  /**
   * @param sigma level of the state, below 1
   * @param higher level that it is taken to, at least {@code sigma}
   */
  public static Renoising between(double sigma, double higher) {
    if (!(sigma >= 0 && sigma < 1 && higher >= sigma && higher <= 1)) {
      throw new IllegalArgumentException(
          "renoising: from " + sigma + " to " + higher + " (expected: up, from 0..1 to at most 1)");
    }
    double kept = (1 - higher) / (1 - sigma);
    double old = kept * sigma;
    return new Renoising(kept, Math.sqrt(higher * higher - old * old));
  }

  /** Changes {@code x} [n] by standard normals {@code noise} [n]; computed in double. */
  public void apply(float[] x, float[] noise) {
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) (stateWeight * x[i] + noiseWeight * noise[i]);
    }
  }
}
