package io.rewarddance.driver.judge;

import static io.rewarddance.driver.judge.Judges.subject;
import static io.rewarddance.rollout.FailureKind.JUDGE_BAD_SHAPE;
import static io.rewarddance.rollout.FailureKind.JUDGE_ERROR;
import static io.rewarddance.rollout.FailureKind.JUDGE_NOT_FINITE;
import static io.rewarddance.rollout.FailureKind.JUDGE_TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import io.rewarddance.driver.failure.Outcome;
import io.rewarddance.driver.testing.PlayedModel;
import io.rewarddance.driver.triton.ErrorKind;
import io.rewarddance.driver.triton.TritonException;
import io.rewarddance.proto.tensor.Tensor;
import io.rewarddance.proto.tensor.Tensors;
import io.rewarddance.rollout.FailureKind;
import io.rewarddance.rollout.Image;
import io.rewarddance.rollout.YesProbability;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Bad answers of a judge end as typed failures, never as a number. */
final class JudgeFailureTest {
  private static List<Outcome<YesProbability>> judgeThree(List<Tensor> answer) {
    PlayedModel played = new PlayedModel(call -> answer);
    return new Judge(Judges.pointwise(""), Judges.model(8), played)
        .judge("g", List.of(subject(1), subject(2), subject(3)))
        .join();
  }

  private static void assertFailed(Outcome<?> outcome, FailureKind kind, String text) {
    assertThat(outcome.value()).isEmpty();
    assertThat(outcome.failure().orElseThrow().kind()).isEqualTo(kind);
    assertThat(outcome.failure().orElseThrow().message()).contains(text);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
      NaN,       -1,        JUDGE_NOT_FINITE,       yesLogProb: NaN
      -1,        NaN,       JUDGE_NOT_FINITE,       noLogProb: NaN
      NaN,       NaN,       JUDGE_NOT_FINITE,       yesLogProb: NaN
      Infinity,  -1,        JUDGE_NOT_FINITE,       yesLogProb: Infinity
      -1,        Infinity,  JUDGE_NOT_FINITE,       noLogProb: Infinity
      -Infinity, NaN,       JUDGE_NOT_FINITE,       noLogProb: NaN
      -Infinity, -Infinity, JUDGE_MASS_BELOW_FLOOR, yes + no mass: 0.0
      -2,        -2,        JUDGE_MASS_BELOW_FLOOR, expected: >= 0.5
      -Infinity, -0.7,      JUDGE_MASS_BELOW_FLOOR, expected: >= 0.5
      0,         0,         JUDGE_BAD_SHAPE,        yes + no mass: 2.0
      3.5,       -1,        JUDGE_BAD_SHAPE,        at most 1
      -0.1,      -2.2,      JUDGE_BAD_SHAPE,        at most 1
      """)
  void aBadPairFailsItsRowAndNoOther(float yes, float no, FailureKind kind, String text) {
    var outcomes =
        judgeThree(Judges.answer(new float[] {-0.5f, yes, -1.5f}, new float[] {-1.5f, no, -0.5f}));
    assertThat(outcomes).extracting(Outcome::isFailed).containsExactly(false, true, false);
    assertFailed(outcomes.get(1), kind, text);
    assertThat(outcomes.get(1).failure().orElseThrow().judge())
        .contains(Judges.pointwise("").name());
    assertThat(outcomes.get(0).value().orElseThrow().logOdds()).isEqualTo(1);
    assertThat(outcomes.get(2).value().orElseThrow().logOdds()).isEqualTo(-1);
  }

  /** Whatever two floats a judge sends: an answer is a probability over a mass that counts. */
  @Property(tries = 1000)
  void anAnswerThatPassesIsAlwaysAProbability(
      @ForAll @FloatRange(min = -8, max = 1) float yes,
      @ForAll @FloatRange(min = -8, max = 1) float no) {
    var outcome =
        judgeThree(Judges.answer(new float[] {yes, 0, 0}, new float[] {no, -9, -9})).get(0);
    double mass = Math.exp(yes) + Math.exp(no);
    assertThat(outcome.isFailed()).isEqualTo(mass < Judges.FLOOR || mass > 1 + 1e-3);
    outcome
        .value()
        .ifPresent(
            answer -> {
              assertThat(answer.probability()).isBetween(0.0, 1.0);
              assertThat(answer.mass()).isBetween(Judges.FLOOR, 1 + 1e-3);
            });
  }

  static Stream<Arguments> wrongOutputs() {
    Tensor good = Tensors.ofFp32("no_log_prob", new long[] {3, 1}, -1, -1, -1);
    return Stream.of(
        Arguments.of(List.of(good), "output 'yes_log_prob' is missing (got: [no_log_prob])"),
        Arguments.of(List.of(good, yes(3)), "FP32 [3,1]"),
        Arguments.of(List.of(good, yes(2, 1)), "FP32 [3,1]"),
        Arguments.of(List.of(good, yes(4, 1)), "FP32 [3,1]"),
        Arguments.of(List.of(good, yes(3, 2)), "FP32 [3,1]"),
        Arguments.of(List.of(good, yes(3, 1, 1)), "FP32 [3,1]"),
        Arguments.of(List.of(good, yes(3, 0)), "FP32 [3,1]"),
        Arguments.of(
            List.of(good, Tensors.ofFp64("yes_log_prob", new long[] {3, 1}, -1, -1, -1)), "FP64"),
        Arguments.of(
            List.of(good, Tensors.ofFp16("yes_log_prob", new long[] {3, 1}, -1, -1, -1)), "FP16"),
        Arguments.of(
            List.of(good, Tensors.ofStrings("yes_log_prob", new long[] {3, 1}, "y", "y", "n")),
            "BYTES"));
  }

  private static Tensor yes(long... shape) {
    int count = 1;
    for (long dimension : shape) {
      count *= (int) dimension;
    }
    float[] values = new float[count];
    java.util.Arrays.fill(values, -1);
    return Tensors.ofFp32("yes_log_prob", shape, values);
  }

  @ParameterizedTest
  @MethodSource("wrongOutputs")
  void anotherShapeOrTypeFailsTheWholeAnswer(List<Tensor> answer, String text) {
    var outcomes = judgeThree(answer);
    assertThat(outcomes).hasSize(3);
    outcomes.forEach(outcome -> assertFailed(outcome, JUDGE_BAD_SHAPE, text));
  }

  @Test
  void aFailedCallFailsTheQuestionsOfItsBatch() {
    PlayedModel played =
        new PlayedModel(
            call -> {
              if (Judges.red(call, "image", 0) == 3) {
                throw new TritonException(ErrorKind.DEADLINE, "host:1", "after 60 s");
              }
              return Judges.always(call, 0.5, 0.25);
            });
    var outcomes =
        new Judge(Judges.pointwise(""), Judges.model(2), played)
            .judge("g", Stream.of(1, 2, 3, 4, 5).map(Judges::subject).toList())
            .join();
    assertThat(outcomes)
        .extracting(Outcome::isFailed)
        .containsExactly(false, false, true, true, false);
    assertFailed(outcomes.get(3), JUDGE_TIMEOUT, "DEADLINE at host:1: after 60 s");
  }

  /** A mean over fewer questions would be another measure. */
  @Test
  void oneFailedQuestionOfASubjectFailsTheSubject() {
    PlayedModel played =
        new PlayedModel(
            call ->
                Judges.answer(
                    new float[] {-0.5f, -0.5f, -0.5f, Float.NaN},
                    new float[] {-1.5f, -1.5f, -1.5f, -1.5f}));
    var outcomes =
        new Judge(Judges.pairwise(true), Judges.model(8), played)
            .judge("g", List.of(subject(1, 5), subject(2, 6)))
            .join();
    assertThat(outcomes.get(0).isFailed()).isFalse();
    assertFailed(outcomes.get(1), JUDGE_NOT_FINITE, "NaN");
  }

  /** Images of two sizes have no place in one tensor; that is a failure and no crash. */
  @Test
  void aQuestionThatCantBeAskedIsAFailure() {
    PlayedModel played = new PlayedModel(call -> Judges.always(call, 0.5, 0.25));
    Subject wide = new Subject(Judges.PROMPT, Image.of(1, 2, new byte[6]), List.of());
    var outcomes =
        new Judge(Judges.pointwise(""), Judges.model(2), played)
            .judge("g", List.of(subject(1), wide, subject(2)))
            .join();
    assertFailed(outcomes.get(0), JUDGE_ERROR, "Image[1x2] (expected: Image[1x1])");
    assertFailed(outcomes.get(1), JUDGE_ERROR, "Image[1x2]");
    assertThat(outcomes.get(2).isFailed()).isFalse();
  }
}
