package io.rewarddance.driver.judge;

import static io.rewarddance.driver.judge.Judges.subject;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.rewarddance.driver.config.JudgeConfig;
import io.rewarddance.driver.failure.Outcome;
import io.rewarddance.driver.model.Contracts;
import io.rewarddance.driver.model.ModelMismatchException;
import io.rewarddance.driver.model.ServedModel;
import io.rewarddance.driver.model.ServedTensor;
import io.rewarddance.driver.testing.DescribedModels;
import io.rewarddance.driver.testing.PlayedModel;
import io.rewarddance.driver.triton.InferCall;
import io.rewarddance.proto.tensor.DataType;
import io.rewarddance.proto.tensor.Tensor;
import io.rewarddance.proto.tensor.Tensors;
import io.rewarddance.rollout.FailureKind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Image gradients: asked for where they are used, checked like answers, failed like answers. */
final class JudgeGradientTest {
  private static ServedModel model() {
    return DescribedModels.withInput(
        DescribedModels.of(Contracts.withGradient(Contracts.POINTWISE_JUDGE), "vlm", 8),
        ServedTensor.of("reference", DataType.UINT8, -1, -1, 3).asOptional());
  }

  private static Judge judge(JudgeConfig config, PlayedModel played) {
    return new Judge(config, model(), played, /* gradients= */ true);
  }

  /** P(yes) as many per cent as the image, or else the reference, is red. */
  private static List<Tensor> answer(InferCall call, float... gradients) {
    int rows = PlayedModel.rows(call);
    float[] yes = new float[rows];
    float[] no = new float[rows];
    boolean compared = call.inputs().stream().anyMatch(t -> t.name().equals("reference"));
    for (int row = 0; row < rows; row++) {
      double p = Judges.red(call, compared ? "reference" : "image", row) / 100.0;
      yes[row] = (float) Math.log(p);
      no[row] = (float) Math.log(1 - p);
    }
    List<Tensor> outputs = new ArrayList<>(Judges.answer(yes, no));
    outputs.add(Tensors.ofFp32("image_gradient", new long[] {rows, 1, 1, 3}, gradients));
    return outputs;
  }

  @Test
  void eachImageHasItsOwnGradient() {
    PlayedModel played = new PlayedModel(call -> answer(call, 1, 2, 3, 4, 5, 6));
    var outcomes =
        judge(Judges.pointwise(""), played).verdicts("g", List.of(subject(50), subject(25))).join();
    assertThat(played.calls.get(0).outputs())
        .containsExactly("image_gradient", "no_log_prob", "yes_log_prob");
    assertThat(verdict(outcomes, 1).answer().probability()).isCloseTo(0.25, within(1e-6));
    assertThat(verdict(outcomes, 1).gradient().orElseThrow().values()).containsExactly(4, 5, 6);
  }

  @Test
  void onlyRolloutsAreAskedForThem() {
    PlayedModel played = new PlayedModel(call -> Judges.always(call, 0.5, 0.4));
    judge(Judges.pointwise(""), played).judge("g", List.of(subject(1))).join();
    assertThat(played.calls.get(0).outputs()).containsExactly("no_log_prob", "yes_log_prob");
  }

  @Test
  void overSeveralReferencesItIsThatOfTheLogOfTheMean() {
    PlayedModel played = new PlayedModel(call -> answer(call, 1, 0, -2, 5, 4, 2));
    Verdict verdict =
        verdict(
            judge(Judges.pairwise(false), played)
                .verdicts("g", List.of(subject(10, 60, 20)))
                .join(),
            0);
    assertThat(verdict.answer().probability()).isCloseTo(0.4, within(1e-6));
    // Weights 0.6 and 0.2 of their sum: three quarters and one.
    assertThat(verdict.gradient().orElseThrow().values())
        .containsExactly(new float[] {2, 1, -1}, within(1e-6f));
  }

  @Test
  void aGradientThatIsNotFiniteFailsItsImageAlone() {
    PlayedModel played = new PlayedModel(call -> answer(call, 1, Float.NaN, 3, 4, 5, 6));
    var outcomes =
        judge(Judges.pointwise(""), played).verdicts("g", List.of(subject(50), subject(25))).join();
    assertThat(outcomes.get(0).failure().orElseThrow().kind())
        .isEqualTo(FailureKind.JUDGE_NOT_FINITE);
    assertThat(outcomes.get(0).failure().orElseThrow().message()).contains("imageGradient[1]: NaN");
    assertThat(outcomes.get(1).value()).isPresent();
  }

  @Test
  void aGradientOfAnotherShapeOrNoneIsNoAnswer() {
    PlayedModel flat =
        new PlayedModel(
            call -> {
              List<Tensor> outputs = new ArrayList<>(Judges.always(call, 0.5, 0.4));
              outputs.add(Tensors.ofFp32("image_gradient", new long[] {1, 3}, 1, 2, 3));
              return outputs;
            });
    PlayedModel without = new PlayedModel(call -> Judges.always(call, 0.5, 0.4));
    for (PlayedModel played : List.of(flat, without)) {
      var outcomes = judge(Judges.pointwise(""), played).verdicts("g", List.of(subject(50))).join();
      assertThat(outcomes.get(0).failure().orElseThrow().kind())
          .isEqualTo(FailureKind.JUDGE_BAD_SHAPE);
      assertThat(outcomes.get(0).failure().orElseThrow().message()).contains("image_gradient");
    }
  }

  @Test
  void aJudgeThatTellsNoneIsRefusedWhereTheyAreUsed() {
    PlayedModel played = new PlayedModel(call -> List.of());
    assertThatExceptionOfType(ModelMismatchException.class)
        .isThrownBy(() -> new Judge(Judges.pointwise(""), Judges.model(8), played, true))
        .withMessageContaining("image_gradient");
  }

  private static Verdict verdict(List<Outcome<Verdict>> outcomes, int index) {
    return outcomes.get(index).value().orElseThrow();
  }
}
