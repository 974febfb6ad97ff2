package io.rewarddance.embedded.sampling;

/**
 * The Euler-Maruyama step that flow-sde and dance-sde share: they are one update with different
 * diffusion coefficients g, mean x + v d + (g^2 d / 2 sigma) x1 with x1 = x + (1 - sigma) v and d
 * the (negative) change of sigma.
 */
final class Diffusion {
  private Diffusion() {}

  static Step step(double sigma, double nextSigma, double coefficient) {
    double change = nextSigma - sigma;
    double drift = coefficient * coefficient * change / (2 * sigma);
    return new Step(1 + drift, change + drift * (1 - sigma), coefficient * Math.sqrt(-change));
  }

  static double requireNoiseLevel(double noiseLevel) {
    if (!(noiseLevel > 0 && noiseLevel < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "noise_level: " + noiseLevel + " (expected: > 0 and finite)");
    }
    return noiseLevel;
  }
}
