package io.rewarddance.driver.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rewarddance.driver.config.JudgeConfig.Reference;
import io.rewarddance.driver.failure.StepFailedException;
import io.rewarddance.driver.generate.Generator;
import io.rewarddance.driver.judge.Judge;
import io.rewarddance.driver.testing.ToyGenerator;
import io.rewarddance.driver.testing.ToyJudge;
import io.rewarddance.driver.triton.InferCall;
import io.rewarddance.proto.tensor.Tensor;
import io.rewarddance.rollout.FailureKind;
import io.rewarddance.rollout.Pixels;
import io.rewarddance.rollout.PolicyRef;
import io.rewarddance.rollout.Prompt;
import io.rewarddance.rollout.Sampler;
import io.rewarddance.rollout.SamplerSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ReferenceMakerTest {
  private static final PolicyRef POLICY = new PolicyRef(1, "0123456789abcdef".repeat(4));
  private static final SamplerSettings ODE = new SamplerSettings(Sampler.ODE, 4, 0, 0, 0, 1);
  private static final Prompt CIRCLE = new Prompt(0, "a circle", "");

  /** Redder is better, and surely so. */
  private static final ToyJudge.Taste REDDER =
      (image, reference) -> 0.5 + (image - reference) / 512.0;

  private final ToyGenerator generator = new ToyGenerator(POLICY);

  private ReferenceMaker maker() {
    return new ReferenceMaker(new Generator(ToyGenerator.MODEL, generator), ODE, 7);
  }

  private static Judge judge(ToyJudge judge, int candidates, int keep) {
    return judge.pairwise(
        new Reference(Reference.Kind.BEST_OF_N, candidates, keep, Reference.Refresh.NEVER));
  }

  private References make(Judge judge, Prompt... prompts) {
    return maker().make(judge, List.of(prompts), POLICY, 0, done -> {});
  }

  private static long[] seeds(InferCall call) {
    return call.inputs().stream()
        .filter(input -> input.name().equals("seed"))
        .findFirst()
        .map(Tensor::int64s)
        .orElseThrow();
  }

  /** What the generator drew for the prompt, in order. */
  private List<Pixels> candidates(Prompt prompt) {
    return generator.calls.stream()
        .flatMap(call -> Arrays.stream(seeds(call)).boxed())
        .<Pixels>map(seed -> ToyGenerator.image(POLICY.digest(), prompt.text(), seed))
        .toList();
  }

  private static int red(Pixels image) {
    return image.rgb()[0] & 0xff;
  }

  @Test
  void theBestOfTheCandidatesAreKeptBestFirst() {
    ToyJudge judge = new ToyJudge(REDDER);
    List<Pixels> kept = make(judge(judge, 7, 3), CIRCLE).of(CIRCLE);
    List<Pixels> best =
        candidates(CIRCLE).stream()
            .sorted(Comparator.comparing(ReferenceMakerTest::red).reversed())
            .limit(3)
            .toList();
    assertThat(candidates(CIRCLE)).hasSize(7).doesNotHaveDuplicates();
    assertThat(kept).isEqualTo(best);
  }

  @Test
  void everyOrderedPairIsAskedOnce() {
    ToyJudge judge = new ToyJudge(REDDER);
    make(judge(judge, 7, 3), CIRCLE);
    assertThat(questions(judge)).isEqualTo(7 * 6);
  }

  @Test
  void theWorstAreKeptWhereTheBottomIsAskedFor() {
    Judge judge =
        new ToyJudge(REDDER)
            .pairwise(new Reference(Reference.Kind.BOTTOM_OF_N, 7, 2, Reference.Refresh.NEVER));
    List<Pixels> worst =
        make(judge, CIRCLE).of(CIRCLE).stream()
            .sorted(Comparator.comparing(ReferenceMakerTest::red))
            .toList();
    assertThat(worst)
        .isEqualTo(
            candidates(CIRCLE).stream()
                .sorted(Comparator.comparing(ReferenceMakerTest::red))
                .limit(2)
                .toList());
  }

  @Test
  void roundsBoundTheQuestionsAndStillFindTheBest() {
    ToyJudge judge = new ToyJudge(REDDER);
    Reference swiss =
        new Reference(Reference.Kind.BEST_OF_N, 16, 2, OptionalInt.of(5), Reference.Refresh.NEVER);
    List<Pixels> kept = make(judge.pairwise(swiss), CIRCLE).of(CIRCLE);
    assertThat(questions(judge)).isBetween(14 * 5, 16 * 5);
    assertThat(red(kept.get(0)))
        .isEqualTo(
            candidates(CIRCLE).stream().mapToInt(ReferenceMakerTest::red).max().orElseThrow());
  }

  private static int questions(ToyJudge judge) {
    return judge.calls.stream()
        .flatMap(call -> call.inputs().stream())
        .filter(input -> input.name().equals("reference"))
        .mapToInt(input -> (int) input.dimension(0))
        .sum();
  }

  @Test
  void amongEqualsTheEarlierCandidatesStay() {
    List<Pixels> kept = make(judge(new ToyJudge((a, b) -> 0.5), 6, 2), CIRCLE).of(CIRCLE);
    assertThat(kept).isEqualTo(candidates(CIRCLE).subList(0, 2));
  }

  /** A judge that likes whatever it sees first says nothing about the images. */
  @Test
  void aBiasForThePlaceDoesNotChoose() {
    List<Pixels> kept = make(judge(new ToyJudge((a, b) -> 0.9), 6, 2), CIRCLE).of(CIRCLE);
    assertThat(kept).isEqualTo(candidates(CIRCLE).subList(0, 2));
    generator.calls.clear();
    ToyJudge biased = new ToyJudge((a, b) -> 0.7 + (a - b) / 1024.0);
    List<Pixels> best = make(judge(biased, 6, 1), CIRCLE).of(CIRCLE);
    assertThat(red(best.get(0)))
        .isEqualTo(
            candidates(CIRCLE).stream().mapToInt(ReferenceMakerTest::red).max().orElseThrow());
  }

  @Test
  void randomReferencesAreDrawnAndNotJudged() {
    ToyJudge judge = new ToyJudge(REDDER);
    Judge random =
        judge.pairwise(new Reference(Reference.Kind.RANDOM, 8, 2, Reference.Refresh.NEVER));
    List<Pixels> kept = make(random, CIRCLE).of(CIRCLE);
    assertThat(kept).hasSize(2).isEqualTo(candidates(CIRCLE));
    assertThat(judge.calls).isEmpty();
  }

  @Test
  void allPromptsGetTheirsAndProgressIsTold() {
    Prompt[] prompts =
        IntStream.range(0, 40)
            .mapToObj(i -> new Prompt(i, "prompt " + i, ""))
            .toArray(Prompt[]::new);
    List<Integer> progress = new ArrayList<>();
    References made =
        maker().make(judge(new ToyJudge(REDDER), 3, 1), List.of(prompts), POLICY, 0, progress::add);
    assertThat(progress).isEqualTo(IntStream.rangeClosed(1, 40).boxed().toList());
    assertThat(made.images()).hasSize(40);
    for (Prompt prompt : prompts) {
      assertThat(made.of(prompt)).hasSize(1);
      assertThat(make(judge(new ToyJudge(REDDER), 3, 1), prompt).of(prompt))
          .as("alone or in company")
          .isEqualTo(made.of(prompt));
    }
  }

  @Test
  void roundsHaveCandidatesOfTheirOwn() {
    Judge judge = judge(new ToyJudge(REDDER), 4, 2);
    References first = maker().make(judge, List.of(CIRCLE), POLICY, 0, done -> {});
    assertThat(maker().make(judge, List.of(CIRCLE), POLICY, 0, done -> {})).isEqualTo(first);
    assertThat(maker().make(judge, List.of(CIRCLE), POLICY, 1, done -> {})).isNotEqualTo(first);
  }

  @Test
  void oneFailedCandidateFailsTheStep() {
    make(judge(new ToyJudge(REDDER), 6, 2), CIRCLE);
    generator.failingOn(seeds(generator.calls.peek())[1]);
    assertFails(new ToyJudge(REDDER), FailureKind.GENERATOR_ERROR, "out of paint");
  }

  @Test
  void oneFailedComparisonFailsTheStep() {
    assertFails(
        new ToyJudge((a, b) -> a > b ? 0.9 : Double.NaN), FailureKind.JUDGE_NOT_FINITE, "NaN");
  }

  private void assertFails(ToyJudge judge, FailureKind kind, String part) {
    assertThatThrownBy(() -> make(judge(judge, 6, 2), CIRCLE))
        .isInstanceOfSatisfying(
            StepFailedException.class, e -> assertThat(e.failure().kind()).isEqualTo(kind))
        .hasMessageContaining(part);
  }
}
