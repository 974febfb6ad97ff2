package io.rewarddance.driver.reward;

import io.rewarddance.driver.config.JudgeConfig;
import io.rewarddance.driver.failure.Outcome;
import io.rewarddance.rollout.FailureKind;
import io.rewarddance.rollout.Generation;
import io.rewarddance.rollout.Image;
import io.rewarddance.rollout.ImageGradient;
import io.rewarddance.rollout.Judgement;
import io.rewarddance.rollout.Reward;
import io.rewarddance.rollout.ScoredRollout;
import io.rewarddance.rollout.YesProbability;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * Weighs judges' answers: total = sum of weight * part. A rollout that one judge failed on has no
 * reward at all: leaving the judge out, or putting a number in its place, would compare the rollout
 * with its group by another measure. Where a judge is left out of a whole group, each has the parts
 * of the others and no total.
 */
public final class Rewards {
  private final List<JudgeConfig> judges;
  private final SortedSet<String> leftOut;

  public Rewards(List<JudgeConfig> judges) {
    this(judges, Collections.emptySortedSet());
  }

  private Rewards(List<JudgeConfig> judges, SortedSet<String> leftOut) {
    this.judges = List.copyOf(judges);
    this.leftOut = leftOut;
  }

  /** The same without these judges, by their names. */
  public Rewards without(SortedSet<String> names) {
    return names.isEmpty()
        ? this
        : new Rewards(
            judges.stream().filter(judge -> !names.contains(judge.name())).toList(), names);
  }

  /**
   * @param judgements one for each judge, by its name
   * @throws IllegalArgumentException when a judge has none
   */
  public Outcome<ScoredRollout> score(Generation generation, Map<String, Judgement> judgements) {
    SortedMap<String, YesProbability> answers = new TreeMap<>();
    for (JudgeConfig judge : judges) {
      Judgement judgement = judgements.get(judge.name());
      if (judgement instanceof Judgement.Failed failed) {
        return Outcome.failed(failed.failure());
      }
      if (judgement instanceof Judgement.Judged judged) {
        answers.put(judge.name(), judged.combined());
      }
    }
    return reward(answers)
        .map(
            reward ->
                new ScoredRollout(generation, answers, reward, gradient(generation, judgements)));
  }

  /**
   * Gradient of the weighed sum of the judges' log P(yes), whatever their transforms; empty when a
   * judge tells none.
   */
  private Optional<ImageGradient> gradient(
      Generation generation, Map<String, Judgement> judgements) {
    if (!(generation.sample() instanceof Image image)) {
      return Optional.empty();
    }
    float[] sum = new float[image.rgb().length];
    for (JudgeConfig judge : judges) {
      if (!(judgements.get(judge.name()) instanceof Judgement.Judged judged)
          || judged.gradient().isEmpty()) {
        return Optional.empty();
      }
      float[] values = judged.gradient().get().values();
      for (int i = 0; i < sum.length; i++) {
        sum[i] += (float) (judge.weight() * values[i]);
      }
    }
    return Optional.of(new ImageGradient(image.height(), image.width(), sum));
  }

  /**
   * The reward alone.
   *
   * @param answers one of each judge, by its name
   * @throws IllegalArgumentException when a judge has none
   */
  public Outcome<Reward> reward(Map<String, YesProbability> answers) {
    SortedMap<String, Double> parts = new TreeMap<>();
    double total = 0;
    for (JudgeConfig judge : judges) {
      YesProbability answer = answers.get(judge.name());
      if (answer == null) {
        throw new IllegalArgumentException(
            "judge '" + judge.name() + "': absent (expected: a judgement)");
      }
      Outcome<Double> part = part(judge, answer);
      if (part instanceof Outcome.Failed<Double> failed) {
        return Outcome.failed(failed.cause());
      }
      double value = part.value().orElseThrow();
      parts.put(judge.name(), value);
      total += judge.weight() * value;
    }
    if (!leftOut.isEmpty()) {
      return Outcome.of(Reward.without(leftOut, parts));
    }
    return Double.isFinite(total)
        ? Outcome.of(new Reward(total, parts))
        : notFinite("reward", total);
  }

  private static <T> Outcome<T> notFinite(String name, double value) {
    return Outcome.failed(
        FailureKind.JUDGE_NOT_FINITE, name + ": " + value + " (expected: a finite number)");
  }

  /** What an answer is to its judge's part of the reward; a failure when that isn't finite. */
  public static Outcome<Double> part(JudgeConfig judge, YesProbability answer) {
    double part =
        switch (judge.transform()) {
          case PROBABILITY -> answer.probability();
          case LOG_ODDS -> answer.logOdds();
        };
    return Double.isFinite(part)
        ? Outcome.of(part)
        : Rewards.<Double>notFinite("log odds", part).by(judge.name());
  }
}
