package io.rewarddance.metrics.advantage;

import java.util.SortedMap;
import java.util.TreeMap;

/** The estimators of other systems, and ours. All centre on the group's mean. */
public final class Presets {
  private static final double CLIP = 5;

  private Presets() {}

  /** Ours: the group's population deviation, floored by the judge's repeat noise. */
  public static AdvantageSettings standard(double judgeNoise) {
    double floor = Math.max(1e-4, judgeNoise);
    return settings(Scale.GROUP, StdKind.POPULATION, 1e-4, floor, CLIP, Mixing.REWARD);
  }

  /** flow_grpo with its default: population deviation of the whole batch, epsilon 1e-4. */
  public static AdvantageSettings flowGrpoGlobal() {
    return settings(Scale.BATCH, StdKind.POPULATION, 1e-4, 0, CLIP, Mixing.REWARD);
  }

  /** flow_grpo with the deviation of each prompt. */
  public static AdvantageSettings flowGrpoPerPrompt() {
    return settings(Scale.GROUP, StdKind.POPULATION, 1e-4, 0, CLIP, Mixing.REWARD);
  }

  /** DanceGRPO: the group's sample deviation, epsilon 1e-8. */
  public static AdvantageSettings danceGrpo() {
    return settings(Scale.GROUP, StdKind.SAMPLE, 1e-8, 0, CLIP, Mixing.REWARD);
  }

  /** MixGRPO: as DanceGRPO for each reward, then their weighted sum. */
  public static AdvantageSettings mixGrpo() {
    return settings(Scale.GROUP, StdKind.SAMPLE, 1e-8, 0, CLIP, Mixing.ADVANTAGE);
  }

  /** Flow-Factory's GDPO: max(deviation, 1e-6), by reward and group, then over the batch. */
  public static AdvantageSettings gdpo() {
    return settings(Scale.GROUP, StdKind.POPULATION, 0, 1e-6, CLIP, Mixing.GDPO);
  }

  /** verl-omni with its default: sample deviation of the whole batch, epsilon 1e-4. */
  public static AdvantageSettings verlOmni() {
    return settings(Scale.BATCH, StdKind.SAMPLE, 1e-4, 0, CLIP, Mixing.REWARD);
  }

  /** Dr. GRPO: centred rewards, not divided. */
  public static AdvantageSettings drGrpo() {
    return settings(Scale.NONE, StdKind.POPULATION, 0, 0, CLIP, Mixing.REWARD);
  }

  /** The same with weights of rewards. */
  public static AdvantageSettings weighted(
      AdvantageSettings settings, SortedMap<String, Double> weights) {
    return new AdvantageSettings(
        settings.scale(),
        settings.stdKind(),
        settings.epsilon(),
        settings.floor(),
        settings.clip(),
        settings.trim(),
        settings.mixing(),
        weights);
  }

  private static AdvantageSettings settings(
      Scale scale, StdKind std, double epsilon, double floor, double clip, Mixing mixing) {
    return new AdvantageSettings(scale, std, epsilon, floor, clip, 0, mixing, new TreeMap<>());
  }
}
