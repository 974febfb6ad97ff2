package io.rewarddance.driver.config;

/**
 * How rewards become advantages; formulas in {@code docs/metrics.md}.
 *
 * @param scale what the centred rewards are divided by
 * @param std kind of standard deviation
 * @param epsilon added to the standard deviation; 0 for the exact GDPO and Dr. GRPO
 * @param floor the least that a reward deviation counts for: the judge's repeat noise. A group that
 *     differs by far less has no advantages to speak of and is set aside
 * @param noiseRepeats how often the judges are asked about the same images before the run, to raise
 *     the floor to their noise; 0 = not at all
 * @param clip largest absolute advantage
 * @param mixing where several rewards are mixed
 * @param minJudged groups with fewer judged rollouts are set aside
 */
public record AdvantageConfig(
    Scale scale,
    Std std,
    double epsilon,
    double floor,
    int noiseRepeats,
    double clip,
    Mixing mixing,
    int minJudged) {
  public AdvantageConfig {
    Check.notNegative("advantage.epsilon", epsilon);
    Check.notNegative("advantage.floor", floor);
    Check.that(
        noiseRepeats == 0 || noiseRepeats >= 2,
        "advantage.noise_repeats",
        noiseRepeats,
        "0 or >= 2");
    Check.positive("advantage.clip", clip);
    Check.atLeast("advantage.min_judged", minJudged, 2);
  }

  /** The same with a floor of at least {@code noise}. */
  public AdvantageConfig above(double noise) {
    return new AdvantageConfig(
        scale, std, epsilon, Math.max(floor, noise), noiseRepeats, clip, mixing, minJudged);
  }

  /** What the centred rewards are divided by. */
  public enum Scale {
    GROUP,
    BATCH,
    NONE
  }

  /** Kind of standard deviation: divided by n, or by n - 1. */
  public enum Std {
    POPULATION,
    SAMPLE
  }

  /** Where several rewards are mixed. */
  public enum Mixing {
    REWARD,
    ADVANTAGE,
    GDPO
  }
}
