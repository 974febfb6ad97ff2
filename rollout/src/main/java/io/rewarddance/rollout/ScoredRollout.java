package io.rewarddance.rollout;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A sample with a reward.
 *
 * @param generation the sample
 * @param judgements each judge's answer by the judge's name, but for those left out; iterates in
 *     order of name
 * @param reward made from the answers
 * @param gradient the judges' gradients by the image, weighed and added up, where they were asked
 *     for
 */
public record ScoredRollout(
    Generation generation,
    Map<String, YesProbability> judgements,
    Reward reward,
    Optional<ImageGradient> gradient) {
  public ScoredRollout {
    Check.present(generation, "generation");
    Check.present(judgements, "judgements");
    Check.present(reward, "reward");
    judgements = Collections.unmodifiableMap(new TreeMap<>(judgements));
    judgements.forEach(
        (name, answer) -> {
          Check.name(name, "judge");
          Check.present(answer, "judgement of " + name);
          Check.that(
              !reward.leftOut().contains(name), "judgement of " + name, answer, "none, left out");
        });
    Check.present(gradient, "gradient");
    gradient.ifPresent(
        g ->
            Check.that(
                generation.sample() instanceof Image image
                    && g.height() == image.height()
                    && g.width() == image.width(),
                "gradient of " + generation.id(),
                g,
                generation.sample().toString()));
  }

  /** A sample whose judges weren't asked for gradients. */
  public ScoredRollout(
      Generation generation, Map<String, YesProbability> judgements, Reward reward) {
    this(generation, judgements, reward, Optional.empty());
  }

  /** Names of its judges, those left out included. */
  public SortedSet<String> judges() {
    SortedSet<String> names = new TreeSet<>(judgements.keySet());
    names.addAll(reward.leftOut());
    return names;
  }

  public RolloutId id() {
    return generation.id();
  }
}
