package io.rewarddance.driver.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.rewarddance.driver.config.JudgeConfig;
import io.rewarddance.driver.config.JudgeConfig.Transform;
import io.rewarddance.driver.failure.Outcome;
import io.rewarddance.rollout.Failure;
import io.rewarddance.rollout.FailureKind;
import io.rewarddance.rollout.Generation;
import io.rewarddance.rollout.Image;
import io.rewarddance.rollout.ImageGradient;
import io.rewarddance.rollout.Judgement;
import io.rewarddance.rollout.PolicyRef;
import io.rewarddance.rollout.Prompt;
import io.rewarddance.rollout.RolloutId;
import io.rewarddance.rollout.ScoredRollout;
import io.rewarddance.rollout.Trajectory;
import io.rewarddance.rollout.YesProbability;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

final class RewardsTest {
  private static final RolloutId ID = new RolloutId(1, 2, 3);
  private static final Generation GENERATION =
      new Generation(
          ID,
          new Prompt(0, "a red circle", ""),
          7,
          new PolicyRef(1, "ab".repeat(32)),
          Image.of(1, 1, new byte[3]),
          new Trajectory(new int[] {1}, new float[1], 1, new float[0], new float[] {1, 0}));

  private static JudgeConfig judge(String name, double weight, Transform transform) {
    return new JudgeConfig(
        "vlm",
        name,
        weight,
        JudgeConfig.Question.POINTWISE,
        "",
        false,
        0.5,
        Optional.empty(),
        transform);
  }

  private static Judgement answered(double yes, double no) {
    return new Judgement.Judged(
        ID, new YesProbability(Math.log(yes), Math.log(no)), Optional.empty());
  }

  private static Judgement failed(FailureKind kind) {
    return new Judgement.Failed(ID, new Failure(kind, "why"));
  }

  @Test
  void aProbabilityIsNormalisedByTheMass() {
    ScoredRollout scored =
        new Rewards(List.of(judge("match", 1, Transform.PROBABILITY)))
            .score(GENERATION, Map.of("match", answered(0.6, 0.2)))
            .value()
            .orElseThrow();
    assertThat(scored.reward().total().orElseThrow()).isCloseTo(0.75, within(1e-12));
    assertThat(scored.reward().parts()).containsOnlyKeys("match");
    assertThat(scored.generation()).isSameAs(GENERATION);
    assertThat(scored.judgements().get("match").mass()).isCloseTo(0.8, within(1e-12));
  }

  @Test
  void judgesGradientsAreWeighedAndAddedUp() {
    Rewards rewards =
        new Rewards(
            List.of(
                judge("match", 2, Transform.PROBABILITY),
                judge("style", -0.5, Transform.LOG_ODDS)));
    ScoredRollout scored =
        rewards
            .score(GENERATION, Map.of("match", pushing(1, 0, 3), "style", pushing(2, 4, 0)))
            .value()
            .orElseThrow();
    assertThat(scored.gradient().orElseThrow().values()).containsExactly(1, -2, 6);
    ScoredRollout half =
        rewards
            .score(GENERATION, Map.of("match", pushing(1, 0, 3), "style", answered(0.6, 0.2)))
            .value()
            .orElseThrow();
    assertThat(half.gradient()).isEmpty();
  }

  private static Judgement pushing(float... gradient) {
    return new Judgement.Judged(
        ID,
        new YesProbability(Math.log(0.6), Math.log(0.2)),
        Optional.empty(),
        Optional.of(new ImageGradient(1, 1, gradient)));
  }

  @Test
  void logOddsAreInNats() {
    ScoredRollout scored =
        new Rewards(List.of(judge("match", 1, Transform.LOG_ODDS)))
            .score(GENERATION, Map.of("match", answered(0.6, 0.2)))
            .value()
            .orElseThrow();
    assertThat(scored.reward().total().orElseThrow()).isCloseTo(Math.log(3), within(1e-12));
  }

  @Test
  void severalJudgesAreWeighedAndTheirPartsKeptUnweighed() {
    Rewards rewards =
        new Rewards(
            List.of(
                judge("match", 2, Transform.PROBABILITY),
                judge("style", -0.5, Transform.LOG_ODDS),
                judge("beauty", 1, Transform.PROBABILITY)));
    ScoredRollout scored =
        rewards
            .score(
                GENERATION,
                Map.of(
                    "match", answered(0.6, 0.2),
                    "style", answered(0.6, 0.3),
                    "beauty", answered(0.25, 0.75)))
            .value()
            .orElseThrow();
    assertThat(scored.reward().total().orElseThrow())
        .isCloseTo(2 * 0.75 - 0.5 * Math.log(2) + 0.25, within(1e-12));
    assertThat(scored.reward().parts().get("match")).isCloseTo(0.75, within(1e-12));
    assertThat(scored.reward().parts().get("style")).isCloseTo(Math.log(2), within(1e-12));
    assertThat(scored.reward().parts().get("beauty")).isCloseTo(0.25, within(1e-12));
  }

  @Test
  void oneFailedJudgeLeavesNoReward() {
    Rewards rewards =
        new Rewards(
            List.of(
                judge("match", 1, Transform.PROBABILITY),
                judge("style", 1, Transform.PROBABILITY)));
    for (FailureKind kind : List.of(FailureKind.JUDGE_TIMEOUT, FailureKind.JUDGE_NOT_FINITE)) {
      Outcome<ScoredRollout> first =
          rewards.score(GENERATION, Map.of("match", failed(kind), "style", answered(0.5, 0.5)));
      Outcome<ScoredRollout> second =
          rewards.score(GENERATION, Map.of("match", answered(0.5, 0.5), "style", failed(kind)));
      assertThat(first).isEqualTo(Outcome.failed(kind, "why"));
      assertThat(second).isEqualTo(Outcome.failed(kind, "why"));
    }
  }

  /** Weights stay as they are, in the gradient too, and there is no sum to compare with others'. */
  @Test
  void aJudgeThatIsLeftOutHasNoPartAndThereIsNoTotal() {
    Rewards rewards =
        new Rewards(
            List.of(
                judge("match", 2, Transform.PROBABILITY), judge("style", 1, Transform.LOG_ODDS)));
    ScoredRollout scored =
        rewards
            .without(new TreeSet<>(List.of("style")))
            .score(
                GENERATION,
                Map.of("match", pushing(1, 0, 3), "style", failed(FailureKind.JUDGE_TIMEOUT)))
            .value()
            .orElseThrow();
    assertThat(scored.reward().total()).isEmpty();
    assertThat(scored.reward().parts()).containsOnlyKeys("match");
    assertThat(scored.reward().leftOut()).containsExactly("style");
    assertThat(scored.judgements()).containsOnlyKeys("match");
    assertThat(scored.gradient().orElseThrow().values()).containsExactly(2, 0, 6);
  }

  @Test
  void aJudgeThatWasNotAskedIsAMistakeWithAName() {
    Rewards rewards = new Rewards(List.of(judge("match", 1, Transform.PROBABILITY)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> rewards.score(GENERATION, Map.of("style", answered(0.5, 0.5))))
        .withMessageContaining("judge 'match'");
  }

  @Test
  void certaintyHasAProbabilityButNoLogOdds() {
    Judgement sure = answered(1, 0);
    assertThat(
            new Rewards(List.of(judge("match", 1, Transform.PROBABILITY)))
                .score(GENERATION, Map.of("match", sure))
                .value()
                .orElseThrow()
                .reward()
                .total())
        .hasValue(1);
    Failure failure =
        new Rewards(List.of(judge("match", 1, Transform.LOG_ODDS)))
            .score(GENERATION, Map.of("match", sure))
            .failure()
            .orElseThrow();
    assertThat(failure.kind()).isEqualTo(FailureKind.JUDGE_NOT_FINITE);
    assertThat(failure.message()).isEqualTo("log odds: Infinity (expected: a finite number)");
    assertThat(failure.judge()).contains("match");
  }

  @Test
  void aSumThatOverflowsIsAFailureToo() {
    Failure failure =
        new Rewards(List.of(judge("match", 1e308, Transform.LOG_ODDS)))
            .score(GENERATION, Map.of("match", answered(0.9, 1e-9)))
            .failure()
            .orElseThrow();
    assertThat(failure.kind()).isEqualTo(FailureKind.JUDGE_NOT_FINITE);
    assertThat(failure.message()).contains("reward: Infinity");
  }

  @Property(tries = 500)
  void bothTransformsRankAlike(
      @ForAll @DoubleRange(min = 0.01, max = 0.99) double a,
      @ForAll @DoubleRange(min = 0.01, max = 0.99) double b) {
    double byProbability = total(Transform.PROBABILITY, a) - total(Transform.PROBABILITY, b);
    double byLogOdds = total(Transform.LOG_ODDS, a) - total(Transform.LOG_ODDS, b);
    if (Math.abs(a - b) > 1e-9) {
      assertThat(Math.signum(byProbability)).isEqualTo(Math.signum(byLogOdds));
    }
  }

  private static double total(Transform transform, double yes) {
    return new Rewards(List.of(judge("match", 1, transform)))
        .score(GENERATION, Map.of("match", answered(yes, 1 - yes)))
        .value()
        .orElseThrow()
        .reward()
        .total()
        .orElseThrow();
  }
}
