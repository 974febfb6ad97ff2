package io.rewarddance.rollout;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A sample with a reward.
 *
 * @param generation the sample
 * @param judgements each judge's answer by the judge's name; iterates in order of name
 * @param reward made from the answers
 */
public record ScoredRollout(
    Generation generation, Map<String, YesProbability> judgements, Reward reward) {
  public ScoredRollout {
    Check.present(generation, "generation");
    Check.present(judgements, "judgements");
    Check.present(reward, "reward");
    judgements = Collections.unmodifiableMap(new TreeMap<>(judgements));
    judgements.forEach(
        (name, answer) -> {
          Check.name(name, "judge");
          Check.present(answer, "judgement of " + name);
        });
  }

  public RolloutId id() {
    return generation.id();
  }
}
