package io.rewarddance.driver.engine;

import io.rewarddance.driver.failure.Outcome;
import io.rewarddance.rollout.Failure;
import io.rewarddance.rollout.Generation;
import io.rewarddance.rollout.Judgement;
import io.rewarddance.rollout.Prompt;
import io.rewarddance.rollout.RolloutId;
import io.rewarddance.rollout.ScoredRollout;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * How far one rollout has come.
 *
 * @param generation empty while it wasn't asked for
 * @param judgements by judge; a judge that wasn't asked has none
 * @param leftOut judges that the group goes on without
 * @param reward empty while there aren't all judgements
 */
record Sample(
    RolloutId id,
    Prompt prompt,
    long seed,
    Optional<Outcome<Generation>> generation,
    Map<String, Judgement> judgements,
    SortedSet<String> leftOut,
    Optional<Outcome<ScoredRollout>> reward) {
  private static final SortedSet<String> NOBODY = Collections.emptySortedSet();

  static Sample planned(RolloutId id, Prompt prompt, long seed) {
    return new Sample(id, prompt, seed, Optional.empty(), Map.of(), NOBODY, Optional.empty());
  }

  Sample with(Outcome<Generation> drawn) {
    return new Sample(id, prompt, seed, Optional.of(drawn), Map.of(), NOBODY, Optional.empty());
  }

  Sample with(String judge, Judgement judgement) {
    SortedMap<String, Judgement> more = new TreeMap<>(judgements);
    more.put(judge, judgement);
    return new Sample(id, prompt, seed, generation, more, NOBODY, Optional.empty());
  }

  Sample without(SortedSet<String> judges) {
    return new Sample(id, prompt, seed, generation, judgements, judges, Optional.empty());
  }

  Sample withReward(Outcome<ScoredRollout> outcome) {
    return new Sample(id, prompt, seed, generation, judgements, leftOut, Optional.of(outcome));
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
    return failures(judgeFailures());
  }

  /** What the rollout is lost by, if anything: the first of them that isn't of a judge left out. */
  Optional<Failure> failure() {
    SortedMap<String, Failure> ofJudges = judgeFailures();
    ofJudges.keySet().removeAll(leftOut);
    return failures(ofJudges).stream().findFirst();
  }

  /** By the name of the judge that failed. */
  SortedMap<String, Failure> judgeFailures() {
    SortedMap<String, Failure> failures = new TreeMap<>();
    judgements.forEach(
        (judge, judgement) -> {
          if (judgement instanceof Judgement.Failed failed) {
            failures.put(judge, failed.failure());
          }
        });
    return failures;
  }

  private List<Failure> failures(SortedMap<String, Failure> ofJudges) {
    List<Failure> failures = new ArrayList<>();
    generation.flatMap(Outcome::failure).ifPresent(failures::add);
    failures.addAll(ofJudges.values());
    reward.flatMap(Outcome::failure).ifPresent(failures::add);
    return failures;
  }
}
