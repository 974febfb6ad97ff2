package io.rewarddance.driver.engine;

import io.rewarddance.driver.failure.Outcome;
import io.rewarddance.rollout.Failure;
import io.rewarddance.rollout.Generation;
import io.rewarddance.rollout.Judgement;
import io.rewarddance.rollout.Prompt;
import io.rewarddance.rollout.RolloutId;
import io.rewarddance.rollout.ScoredRollout;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * How far one rollout has come.
 *
 * @param generation empty while it wasn't asked for
 * @param judgements by judge; a judge that wasn't asked has none
 * @param reward empty while there aren't all judgements
 */
record Sample(
    RolloutId id,
    Prompt prompt,
    long seed,
    Optional<Outcome<Generation>> generation,
    Map<String, Judgement> judgements,
    Optional<Outcome<ScoredRollout>> reward) {
  static Sample planned(RolloutId id, Prompt prompt, long seed) {
    return new Sample(id, prompt, seed, Optional.empty(), Map.of(), Optional.empty());
  }

  Sample with(Outcome<Generation> drawn) {
    return new Sample(id, prompt, seed, Optional.of(drawn), Map.of(), Optional.empty());
  }

  Sample with(String judge, Judgement judgement) {
    SortedMap<String, Judgement> more = new TreeMap<>(judgements);
    more.put(judge, judgement);
    return new Sample(id, prompt, seed, generation, more, Optional.empty());
  }

  Sample withReward(Outcome<ScoredRollout> outcome) {
    return new Sample(id, prompt, seed, generation, judgements, Optional.of(outcome));
  }

  /** The sample, when there is one. */
  Optional<Generation> drawn() {
    return generation.flatMap(Outcome::value);
  }

  boolean needsDrawing() {
    return drawn().isEmpty();
  }

  boolean needs(String judge) {
    return !needsDrawing() && !(judgements.get(judge) instanceof Judgement.Judged);
  }

  /** What went wrong, if anything: the drawing, judges in the order of their names, the reward. */
  List<Failure> failures() {
    Stream<Failure> ofJudges =
        judgements.values().stream()
            .filter(Judgement.Failed.class::isInstance)
            .map(judgement -> ((Judgement.Failed) judgement).failure());
    return Stream.of(
            generation.flatMap(Outcome::failure).stream(),
            ofJudges,
            reward.flatMap(Outcome::failure).stream())
        .flatMap(failures -> failures)
        .toList();
  }

  /** The first of them. */
  Optional<Failure> failure() {
    return failures().stream().findFirst();
  }
}
