package io.rewarddance.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** One batch fits one set of flat arrays, or it isn't one. */
class TrainingBatchTest {
  private final TrainingBatch batch = Examples.batch(Examples.SMALL, 1);

  @Test
  void anotherIterationIsRefused() {
    assertRefused(batch.iteration() + 1, batch.policy(), batch.rollouts(), "rollout: iteration=");
  }

  @Test
  void anotherPolicyIsRefused() {
    PolicyRef other = new PolicyRef(4, Examples.POLICY.digest());
    assertRefused(batch.iteration(), other, batch.rollouts(), "policy of iteration=");
  }

  @Test
  void theSameRolloutTwiceIsRefused() {
    assertWithLastRefused(batch.rollouts().get(0), "each id once");
  }

  @Test
  void anotherImageSizeIsRefused() {
    Examples.Shape wider = new Examples.Shape(2, 3, 4, 6, new int[] {2, 3, 2}, 4, 2);
    assertWithLastRefused(alien(wider), "sample of");
  }

  @Test
  void anotherLatentShapeIsRefused() {
    Examples.Shape flat = new Examples.Shape(2, 3, 4, 5, new int[] {12}, 4, 2);
    assertWithLastRefused(alien(flat), "latentShape of");
  }

  @Test
  void anotherWindowIsRefused() {
    Examples.Shape shorter = new Examples.Shape(2, 3, 4, 5, new int[] {2, 3, 2}, 4, 1);
    assertWithLastRefused(alien(shorter), "window of");
  }

  @Test
  void otherRewardPartsAreRefused() {
    ScoredRollout like = alien(Examples.SMALL).scored();
    ScoredRollout other =
        new ScoredRollout(like.generation(), like.judgements(), Reward.of("match", 1));
    assertWithLastRefused(new AdvantagedRollout(other, 0, true), "reward parts of");
  }

  @Test
  void otherJudgesAreRefused() {
    ScoredRollout like = alien(Examples.SMALL).scored();
    ScoredRollout other = new ScoredRollout(like.generation(), Map.of(), like.reward());
    assertWithLastRefused(new AdvantagedRollout(other, 0, true), "judges of");
  }

  @Test
  void aJudgeLeftOutOfPartOfAGroupIsRefused() {
    AdvantagedRollout last = batch.rollouts().get(batch.rollouts().size() - 1);
    List<AdvantagedRollout> rollouts = new ArrayList<>(batch.rollouts());
    rollouts.set(rollouts.size() - 1, Examples.without(last, new TreeSet<>(Set.of("match"))));
    assertRefused(
        batch.iteration(), batch.policy(), rollouts, "[match] (expected: [], as of its group)");
    assertThat(Examples.without(batch, last.id().group()).rollouts()).hasSize(rollouts.size());
  }

  @Test
  void grpoWithoutAWindowIsRefused() {
    TrainingBatch clean = Examples.batch(Examples.CLEAN, 1);
    assertThatThrownBy(
            () ->
                new TrainingBatch(
                    "run",
                    clean.iteration(),
                    Algorithm.GRPO,
                    clean.policy(),
                    clean.sampler(),
                    0,
                    "{}",
                    clean.rollouts()))
        .hasMessageContaining("sdeSteps: 0 (expected: >= 1 for algorithm grpo)");
  }

  private AdvantagedRollout alien(Examples.Shape shape) {
    Random random = new Random(2);
    RolloutId id = new RolloutId(batch.iteration(), 99, 0);
    Prompt prompt = new Prompt(0, "a red circle", "");
    return new AdvantagedRollout(
        Examples.scored(Examples.generation(shape, id, prompt, random), random), 0, true);
  }

  private void assertWithLastRefused(AdvantagedRollout last, String text) {
    List<AdvantagedRollout> rollouts = new ArrayList<>(batch.rollouts());
    rollouts.add(last);
    assertRefused(batch.iteration(), batch.policy(), rollouts, text);
  }

  private void assertRefused(
      int iteration, PolicyRef policy, List<AdvantagedRollout> rollouts, String text) {
    assertThatThrownBy(
            () ->
                new TrainingBatch(
                    "run",
                    iteration,
                    batch.algorithm(),
                    policy,
                    batch.sampler(),
                    0,
                    "{}",
                    rollouts))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(text);
  }
}
