package io.rewarddance.driver.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.rewarddance.driver.failure.StepFailedException;
import io.rewarddance.driver.generate.Draw;
import io.rewarddance.driver.generate.Generator;
import io.rewarddance.driver.judge.Judge;
import io.rewarddance.driver.model.Inference;
import io.rewarddance.driver.testing.ToyGenerator;
import io.rewarddance.driver.testing.ToyJudge;
import io.rewarddance.driver.testing.ToyOracle;
import io.rewarddance.driver.triton.InferAnswer;
import io.rewarddance.proto.tensor.Tensor;
import io.rewarddance.proto.tensor.Tensors;
import io.rewarddance.rollout.FailureKind;
import io.rewarddance.rollout.Image;
import io.rewarddance.rollout.Pixels;
import io.rewarddance.rollout.PolicyRef;
import io.rewarddance.rollout.Prompt;
import io.rewarddance.rollout.Sampler;
import io.rewarddance.rollout.SamplerSettings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class EvaluatorTest {
  private static final PolicyRef POLICY = new PolicyRef(1, "0123456789abcdef".repeat(4));
  private static final SamplerSettings ODE = new SamplerSettings(Sampler.ODE, 4, 0, 0, 0, 1);
  private static final ToyJudge.Taste RED = (image, reference) -> (image + 1) / 258.0;

  private final ToyGenerator generator = new ToyGenerator(POLICY);
  private final List<Pixels> kept = new ArrayList<>();
  private final List<Integer> progress = new ArrayList<>();

  private static List<Draw> draws(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new Draw(new Prompt(i % 9, "prompt " + i % 9, "c"), 100 + i))
        .toList();
  }

  private static Image image(Draw draw) {
    return ToyGenerator.image(POLICY.digest(), draw.prompt().text(), draw.seed());
  }

  private Evaluator evaluator(Inference generator, List<Judge> judges, Optional<Oracle> oracle) {
    return new Evaluator(
        new Generator(ToyGenerator.MODEL, generator), ODE, judges, Map.of(), oracle);
  }

  private List<Sight> look(Evaluator evaluator, List<Draw> draws) {
    return evaluator.evaluate(
        "test",
        draws,
        POLICY,
        (index, image) -> {
          assertThat(index).isEqualTo(kept.size());
          kept.add(image);
        },
        progress::add);
  }

  private static void assertSights(List<Sight> sights, List<Draw> draws) {
    assertThat(sights).hasSize(draws.size());
    for (int i = 0; i < draws.size(); i++) {
      Sight sight = sights.get(i);
      byte[] rgb = image(draws.get(i)).rgb();
      assertThat(sight.index()).isEqualTo(i);
      assertThat(sight.draw()).isEqualTo(draws.get(i));
      double expected = ((rgb[0] & 0xff) + 1) / 258.0;
      assertThat(sight.pYes().get("judge")).isCloseTo(expected, within(1e-6));
      Gold gold = sight.gold().orElseThrow();
      assertThat(gold.strict()).isEqualTo((rgb[0] & 0xff) > 127);
      assertThat(gold.graded()).isEqualTo(ToyOracle.graded(rgb));
      assertThat(gold.drawing()).isEqualTo(Map.of("fit", ToyOracle.fit(rgb)));
      assertThat(gold.labels()).isEqualTo(Map.of("diversity_label", ToyOracle.label(rgb)));
    }
  }

  @Test
  void everyImageIsSeenByAllInOrder() {
    List<Judge> judges = List.of(new ToyJudge(RED).pointwise("judge"));
    Evaluator evaluator = evaluator(generator, judges, Optional.of(ToyOracle.sound()));
    List<Draw> draws = draws(150);
    assertSights(look(evaluator, draws), draws);
    assertThat(kept).isEqualTo(draws.stream().map(EvaluatorTest::image).toList());
    assertThat(progress).containsExactly(32, 64, 96, 128, 150);
  }

  /** The order of answers has no say in the order of sights. */
  @Test
  void answersThatComeBackwardsChangeNothing() {
    List<Runnable> waiting = new ArrayList<>();
    int requests = 70 / 4 + 1;
    Inference backwards =
        call -> {
          CompletableFuture<InferAnswer> later = new CompletableFuture<>();
          waiting.add(() -> later.complete(generator.infer(call).join()));
          if (waiting.size() == requests) {
            Collections.reverse(waiting);
            waiting.forEach(Runnable::run);
          }
          return later;
        };
    List<Judge> judges = List.of(new ToyJudge(RED).pointwise("judge"));
    List<Draw> draws = draws(70);
    List<Sight> sights = look(evaluator(backwards, judges, Optional.of(ToyOracle.sound())), draws);
    assertSights(sights, draws);
    assertThat(waiting).hasSize(requests);
  }

  @Test
  void severalJudgesAreAveragedForTheImage() {
    List<Judge> judges =
        List.of(
            new ToyJudge((i, r) -> 0.2).pointwise("a"), new ToyJudge((i, r) -> 0.6).pointwise("b"));
    Sight sight = look(evaluator(generator, judges, Optional.empty()), draws(1)).get(0);
    assertThat(sight.pYes()).containsOnlyKeys("a", "b");
    assertThat(sight.meanPYes()).isCloseTo(0.4, within(1e-6));
    assertThat(sight.gold()).isEmpty();
  }

  private void assertFails(Evaluator evaluator, FailureKind kind, String part) {
    assertThatThrownBy(() -> look(evaluator, draws(70)))
        .isInstanceOfSatisfying(
            StepFailedException.class, e -> assertThat(e.failure().kind()).isEqualTo(kind))
        .hasMessageContaining(part);
  }

  private Evaluator judgedBy(ToyJudge.Taste taste) {
    return evaluator(generator, List.of(new ToyJudge(taste).pointwise("judge")), Optional.empty());
  }

  private Evaluator measuredBy(UnaryOperator<List<Tensor>> spoil) {
    List<Judge> judges = List.of(new ToyJudge(RED).pointwise("judge"));
    return evaluator(generator, judges, Optional.of(new ToyOracle(spoil).oracle()));
  }

  @Test
  void oneImageThatIsNotDrawnFailsTheEvaluation() {
    generator.failingOn(165);
    assertFails(judgedBy(RED), FailureKind.GENERATOR_ERROR, "out of paint");
  }

  @Test
  void oneImageThatIsNotJudgedFailsTheEvaluation() {
    int red = image(draws(70).get(69)).rgb()[0] & 0xff;
    assertFails(
        judgedBy((image, reference) -> image == red ? Double.NaN : 0.5),
        FailureKind.JUDGE_NOT_FINITE,
        "NaN");
  }

  @Test
  void anotherPolicyThanTheOneMeasuredFailsTheEvaluation() {
    ToyGenerator other = new ToyGenerator(new PolicyRef(1, "f".repeat(64)));
    assertFails(
        evaluator(other, List.of(new ToyJudge(RED).pointwise("judge")), Optional.empty()),
        FailureKind.GENERATOR_WRONG_POLICY,
        "(expected: " + POLICY + ")");
  }

  @Test
  void goldThatIsNoNumberFailsTheEvaluation() {
    assertFails(
        measuredBy(
            outputs -> {
              List<Tensor> spoilt = new ArrayList<>(outputs.subList(0, 2));
              float[] fit = new float[(int) outputs.get(2).dimension(0)];
              fit[fit.length - 1] = Float.POSITIVE_INFINITY;
              spoilt.add(Tensors.ofFp32("fit", outputs.get(2).shape(), fit));
              return spoilt;
            }),
        FailureKind.JUDGE_NOT_FINITE,
        "fit: Infinity");
  }

  @Test
  void anOracleWithoutGoldFailsTheEvaluation() {
    assertFails(
        measuredBy(outputs -> outputs.subList(1, 4)),
        FailureKind.JUDGE_BAD_SHAPE,
        "(expected: strict and graded FP32 [8,1])");
  }
}
