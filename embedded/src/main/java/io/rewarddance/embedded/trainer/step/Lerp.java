package io.rewarddance.embedded.trainer.step;

/** Steps of running averages. */
public final class Lerp {
  private Lerp() {}

  /** decay from + (1 - decay) to, a new array. */
  public static float[] towards(float[] from, float[] to, double decay) {
    float[] result = new float[from.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = (float) (to[i] + decay * (from[i] - to[i]));
    }
    return result;
  }
}
