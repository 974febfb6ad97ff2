package io.rewarddance.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class VocabularyTest {
  private static final float[] SIGMAS = {1, 0.5f, 0};

  static Stream<Arguments> nonsense() {
    return Stream.of(
        refused("index: -1 (expected: >= 0)", () -> new Prompt(-1, "a", "")),
        refused("text: \" \" (expected: not blank)", () -> new Prompt(0, " ", "")),
        refused("text: a\\0 (expected: text without NUL)", () -> new Prompt(0, "a\0", "")),
        refused("text without unpaired surrogates", () -> new Prompt(0, "a\ud800", "")),
        refused("category: null (expected: a value)", () -> new Prompt(0, "a", null)),
        refused("sampler: euler (expected: one of [ode, flow-sde", () -> Sampler.of("euler")),
        refused("algorithm: ppo (expected: one of [grpo, nft, refl])", () -> Algorithm.of("ppo")),
        refused("steps: 0 (expected: >= 1)", () -> sampler(Sampler.ODE, 0, 0, 0, 0)),
        refused("sdeStart + sdeSteps: 6 (expected: <= st", () -> sampler(Sampler.ODE, 5, 4, 2, 1)),
        refused("sdeStart + sdeSteps: 5 (expected:", () -> sampler(Sampler.CPS, 5, 3, 2, 1)),
        refused("noiseLevel: 0.0 (expected: > 0", () -> sampler(Sampler.CPS, 5, 0, 2, 0)),
        refused("noiseLevel: NaN", () -> sampler(Sampler.CPS, 5, 0, 2, Float.NaN)),
        refused("version: 0 (expected: >= 1)", () -> new PolicyRef(0, "a".repeat(64))),
        refused("digest: A", () -> new PolicyRef(1, "A".repeat(64))),
        refused("rgb: 11 bytes (expected: height * width * 3 = 12)", () -> image(11)),
        refused("group: -2 (expected: >= 0)", () -> new RolloutId(1, -2, 3)),
        refused(
            "latents: 5 elements",
            () -> new Trajectory(new int[] {2}, new float[5], 2, new float[1], SIGMAS)),
        refused(
            "logProbs: 2 elements",
            () -> new Trajectory(new int[] {2}, new float[4], 2, new float[2], SIGMAS)),
        refused(
            "latents[1]: NaN (expected: a finite number)",
            () ->
                new Trajectory(new int[] {2}, new float[] {0, Float.NaN}, 1, new float[0], SIGMAS)),
        refused(
            "logProbs[0]: -Infinity",
            () ->
                new Trajectory(
                    new int[] {1}, new float[2], 2, new float[] {Float.NEGATIVE_INFINITY}, SIGMAS)),
        refused(
            "a falling schedule",
            () ->
                new Trajectory(
                    new int[] {1}, new float[1], 1, new float[0], new float[] {0.5f, 0.5f})),
        refused("yesLogProb: NaN", () -> new YesProbability(Double.NaN, 0)),
        refused("noLogProb: Infinity", () -> new YesProbability(-1, Double.POSITIVE_INFINITY)),
        refused("yes + no mass: 1.2", () -> new YesProbability(Math.log(.6), Math.log(.6))),
        refused("yes + no mass: 0.0", () -> new YesProbability(-1.0 / 0, -1.0 / 0)),
        refused("total: NaN", () -> new Reward(Double.NaN, new TreeMap<>(Map.of("a", 1.0)))),
        refused("b: Infinity", () -> new Reward(0, new TreeMap<>(Map.of("b", 1.0 / 0)))),
        refused("parts: {} (expected: at least one)", () -> new Reward(0, new TreeMap<>())),
        refused("reward part: a/b", () -> Reward.of("a/b", 1)),
        refused(
            "a: 1.0 (expected: no part of a judge left out)",
            () -> Reward.without(names("a"), new TreeMap<>(Map.of("a", 1.0)))),
        refused(
            "total: OptionalDouble.empty (expected: present exactly when no judge was left out",
            () -> Reward.without(names(), new TreeMap<>(Map.of("a", 1.0)))),
        refused(
            "judgement of match",
            () ->
                new ScoredRollout(
                    scored(0, 0, 0).generation(),
                    Map.of("match", new YesProbability(-1, -1)),
                    Reward.without(names("match"), new TreeMap<>(Map.of("size", 1.0))))),
        refused("rollouts: 0", () -> new Group(new GroupId(0, 0), prompt(), List.of())),
        refused(
            "each number once",
            () ->
                new Group(new GroupId(0, 0), prompt(), List.of(scored(0, 0, 1), scored(0, 0, 1)))),
        refused(
            "rollout: iteration=0/group=1/rollout=1 (expected: one of iteration=0/group=0)",
            () -> new Group(new GroupId(0, 0), prompt(), List.of(scored(0, 1, 1)))),
        refused("advantage: NaN", () -> new AdvantagedRollout(scored(0, 0, 0), 0.0 / 0, true)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("nonsense")
  void nonsenseIsRefusedByNameValueAndExpectation(String text, ThrowingCallable making) {
    assertThatThrownBy(making)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(text);
  }

  @Test
  void whatIsNotFiniteHasATypeOfItsOwn() {
    assertThatThrownBy(() -> new YesProbability(Double.NaN, 0))
        .isInstanceOf(NotFiniteException.class);
  }

  @Test
  void aProbabilityIsNormalisedOverYesAndNo() {
    YesProbability answer = new YesProbability(Math.log(0.3), Math.log(0.1));
    assertThat(answer.probability()).isCloseTo(0.75, within(1e-15));
    assertThat(answer.mass()).isCloseTo(0.4, within(1e-15));
    assertThat(answer.logOdds()).isCloseTo(Math.log(3), within(1e-15));
    assertThat(new YesProbability(-1.0 / 0, -2).probability()).isZero();
    assertThat(new YesProbability(-800, -1.0 / 0).probability()).isOne();
  }

  @Test
  void bothOrdersAreAveragedWithTheSwappedAnswerTurnedRound() {
    RolloutId id = new RolloutId(0, 0, 0);
    YesProbability forward = new YesProbability(Math.log(0.8), Math.log(0.2));
    YesProbability swapped = new YesProbability(Math.log(0.4), Math.log(0.6));
    var judged = new Judgement.Judged(id, forward, Optional.of(swapped));
    assertThat(judged.probability()).isCloseTo(0.7, within(1e-12));
    assertThat(judged.combined().mass()).isCloseTo(1, within(1e-12));
    assertThat(new Judgement.Judged(id, forward, Optional.empty()).combined()).isEqualTo(forward);
  }

  @Test
  void idsPrintAsPathsAndSort() {
    assertThat(new RolloutId(3, 5, 2)).hasToString("iteration=3/group=5/rollout=2");
    assertThat(new GroupId(3, 5).rollout(2)).isEqualTo(new RolloutId(3, 5, 2));
    assertThat(new RolloutId(3, 5, 2)).isLessThan(new RolloutId(3, 10, 0));
  }

  @Test
  void anImageIsItsPixels() {
    assertThat(image(12)).isEqualTo(image(12));
    assertThat(Image.of(1, 1, new byte[3]).sha256())
        .isEqualTo("709e80c88487a2411e1ee4dfb9f22a861492d20c4765150c0c794abd70f8147c");
  }

  @Test
  void callersCannotChangeAMapOrListAfterwards() {
    TreeMap<String, Double> parts = new TreeMap<>(Map.of("a", 1.0));
    Reward reward = new Reward(1, parts);
    parts.put("b", 2.0);
    assertThat(reward.parts()).containsOnlyKeys("a");
    assertThatThrownBy(() -> reward.parts().put("b", 2.0))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void aGroupWithAJudgeLeftOutHasNoTotals() {
    ScoredRollout whole = scored(0, 0, 1);
    Reward part = Reward.without(names("style"), whole.reward().parts());
    ScoredRollout without = new ScoredRollout(whole.generation(), whole.judgements(), part);
    assertThat(part.names()).contains("style");
    assertThat(without.judges()).contains("style");
    Group group = new Group(new GroupId(0, 0), whole.generation().prompt(), List.of(without));
    assertThatThrownBy(group::rewards).hasMessageContaining("(expected: one with a total)");
  }

  private static TreeSet<String> names(String... names) {
    return new TreeSet<>(List.of(names));
  }

  private static Arguments refused(String text, ThrowingCallable making) {
    return Arguments.of(text, making);
  }

  private static SamplerSettings sampler(
      Sampler sampler, int steps, int start, int window, float noise) {
    return new SamplerSettings(sampler, steps, start, window, noise, 1);
  }

  private static Image image(int bytes) {
    return Image.of(2, 2, new byte[bytes]);
  }

  private static Prompt prompt() {
    return new Prompt(0, "a red circle", "single");
  }

  private static ScoredRollout scored(int iteration, int group, int rollout) {
    Random random = new Random(1);
    RolloutId id = new RolloutId(iteration, group, rollout);
    return Examples.scored(Examples.generation(Examples.CLEAN, id, prompt(), random), random);
  }
}
