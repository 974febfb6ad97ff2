package io.rewarddance.driver.model;

import static io.rewarddance.driver.testing.DescribedModels.withInput;
import static io.rewarddance.driver.testing.DescribedModels.withOutput;
import static io.rewarddance.driver.testing.DescribedModels.without;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.rewarddance.driver.testing.DescribedModels;
import io.rewarddance.proto.tensor.DataType;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

final class ContractsTest {
  static final List<Contract> ALL = Contracts.ALL;

  private static final ServedModel JUDGE =
      DescribedModels.of(Contracts.POINTWISE_JUDGE, "judge", 8);

  private static List<String> texts(Contract contract, ServedModel model) {
    return contract.fit(model).differences().stream().map(Difference::text).toList();
  }

  @ParameterizedTest
  @FieldSource("ALL")
  void whatAContractRequiresFitsIt(Contract contract) {
    Fit fit = contract.fit(DescribedModels.of(contract, "m", 1));
    assertThat(fit.fits()).as(fit.complaint()).isTrue();
    assertThat(fit.features()).isEmpty();
    assertThat(fit.closeness()).isOne();
    contract.require(fit.model());
  }

  @ParameterizedTest
  @FieldSource("ALL")
  void everyMissingTensorIsNamed(Contract contract) {
    ServedModel whole = DescribedModels.of(contract, "m", 1);
    for (String input : contract.sent()) {
      ServedModel lame =
          new ServedModel(
              "m", 1, false, without(whole, input).inputs(), /* outputs= */ whole.outputs());
      assertThat(texts(contract, lame)).singleElement().asString().contains("'" + input + "'");
    }
    for (String output : contract.wanted()) {
      ServedModel lame =
          new ServedModel("m", 1, false, whole.inputs(), without(whole, output).outputs());
      assertThat(texts(contract, lame)).singleElement().asString().contains("'" + output + "'");
    }
  }

  @Test
  void typesShapesAndNeedlessInputsAreToldApart() {
    ServedModel wrong = withInput(JUDGE, ServedTensor.of("image", DataType.FP32, 3, 32, 32));
    wrong = withInput(wrong, ServedTensor.of("temperature", DataType.FP32, 1));
    wrong = withOutput(wrong, ServedTensor.of("no_log_prob", DataType.FP32, 2));
    wrong = without(wrong, "yes_log_prob");
    assertThat(Contracts.POINTWISE_JUDGE.fit(wrong).differences())
        .extracting(Difference::kind)
        .containsExactly(
            Difference.Kind.TYPE,
            Difference.Kind.NOT_SENT,
            Difference.Kind.MISSING,
            Difference.Kind.SHAPE);
    assertThat(texts(Contracts.POINTWISE_JUDGE, wrong))
        .containsExactly(
            "has input 'image' FP32 [3,32,32] (expected: UINT8 [H,W,3])",
            "needs input 'temperature' FP32 [1], which isn't sent"
                + " (expected: no such input, or an optional one)",
            "has no output 'yes_log_prob' (expected: FP32 [1])",
            "has output 'no_log_prob' FP32 [2] (expected: FP32 [1])");
  }

  @Test
  void aRefusalNamesModelAndRoleAndAllDifferences() {
    ServedModel silent = new ServedModel("vlm", 8, false, JUDGE.inputs(), List.of());
    assertThatExceptionOfType(ModelMismatchException.class)
        .isThrownBy(() -> Contracts.POINTWISE_JUDGE.require(silent))
        .withMessage(
            "model 'vlm' has no output 'yes_log_prob' (expected: FP32 [1]);"
                + " has no output 'no_log_prob' (expected: FP32 [1])"
                + " (judge, pointwise, see docs/contracts.md)");
  }

  @Test
  void aReferenceDecidesWhichQuestionsAJudgeCanBeAsked() {
    ServedTensor reference = ServedTensor.of("reference", DataType.UINT8, 32, 32, 3);
    ServedModel both = withInput(JUDGE, reference.asOptional());
    ServedModel pairs = withInput(JUDGE, reference);
    assertThat(Contracts.POINTWISE_JUDGE.fit(JUDGE).fits()).isTrue();
    assertThat(texts(Contracts.PAIRWISE_JUDGE, JUDGE))
        .containsExactly("has no input 'reference' (expected: UINT8 [H,W,3])");
    assertThat(Contracts.POINTWISE_JUDGE.fit(both).fits()).isTrue();
    assertThat(Contracts.PAIRWISE_JUDGE.fit(both).fits()).isTrue();
    assertThat(texts(Contracts.POINTWISE_JUDGE, pairs))
        .containsExactly(
            "needs input 'reference' UINT8 [32,32,3], which isn't sent"
                + " (expected: no such input, or an optional one)");
    assertThat(Contracts.PAIRWISE_JUDGE.fit(pairs).fits()).isTrue();
  }

  @Test
  void optionalTensorsAreFeaturesOnlyWhenTheyAreRight() {
    ServedModel model = withOutput(JUDGE, ServedTensor.of("reason", DataType.BYTES, 1));
    model = withOutput(model, ServedTensor.of("image_gradient", DataType.FP16, 32, 32, 3));
    Fit fit = Contracts.POINTWISE_JUDGE.fit(model);
    assertThat(fit.fits()).isTrue();
    assertThat(fit.features()).containsExactly("reason");
    assertThat(fit.lacking()).containsExactly("video", "reference", "image_gradient");
  }

  @Test
  void aModelWithoutBatchesOrWithStreamsFitsNothing() {
    List<ServedTensor> inputs =
        List.of(
            ServedTensor.of("prompt", DataType.BYTES, -1, 1),
            ServedTensor.of("image", DataType.UINT8, -1, 32, 32, 3));
    List<ServedTensor> outputs =
        List.of(
            ServedTensor.of("strict", DataType.FP32, -1, 1),
            ServedTensor.of("graded", DataType.FP32, -1, 1));
    assertThat(texts(Contracts.ORACLE, new ServedModel("o", 0, false, inputs, outputs)))
        .containsExactly("has max_batch_size 0 (expected: >= 1)");
    ServedModel streams =
        new ServedModel("j", 8, /* decoupled= */ true, JUDGE.inputs(), JUDGE.outputs());
    assertThat(texts(Contracts.POINTWISE_JUDGE, streams))
        .containsExactly("has decoupled true (expected: false: one answer for each request)");
  }

  @Test
  void latentsMayBeHalfPrecisionAndATypeNobodyKnowsFitsNothing() {
    ServedModel model = DescribedModels.of(Contracts.GENERATOR, "g", 8);
    for (DataType type : List.of(DataType.FP32, DataType.FP16, DataType.BF16)) {
      ServedTensor latents = ServedTensor.of("latents", type, -1, 16, 64, 64);
      assertThat(texts(Contracts.GENERATOR, withOutput(model, latents))).isEmpty();
    }
    ServedTensor odd = new ServedTensor("latents", Optional.empty(), List.of(-1L, 4L), false);
    assertThat(texts(Contracts.GENERATOR, withOutput(model, odd)))
        .containsExactly(
            "has output 'latents' unknown type [-1,4] (expected: FP32 or FP16 or BF16 [S,...])");
  }

  @ParameterizedTest
  @CsvSource({
    "[1], 1, true",
    "[1], -1, true",
    "[1], 2, false",
    "[1], 1 1, false",
    "[1], '', false",
    "'[H,W,3]', 32 32 3, true",
    "'[H,W,3]', -1 -1 -1, true",
    "'[H,W,3]', 3 32 32, false",
    "'[S,...]', -1 4, true",
    "'[S,...]', 7 16 64 64, true",
    "'[S,...]', -1, false"
  })
  void numbersMustAgreeAndLettersMayBeAnything(String shape, String dimensions, boolean accepted) {
    List<Long> found =
        dimensions.isEmpty()
            ? List.of()
            : List.of(dimensions.split(" ")).stream().map(Long::valueOf).toList();
    assertThat(new Dimensions(shape).accepts(found)).isEqualTo(accepted);
  }

  @Test
  void whoeverLooksAtImagesMustTakeTheGeneratorsSize() {
    ServedModel painter =
        withOutput(
            DescribedModels.of(Contracts.GENERATOR, "painter", 8),
            ServedTensor.of("image", DataType.UINT8, 64, 64, 3));
    Contracts.requireSampleShape(painter, JUDGE);
    ServedModel small = withInput(JUDGE, ServedTensor.of("image", DataType.UINT8, 64, 32, 3));
    assertThatExceptionOfType(ModelMismatchException.class)
        .isThrownBy(() -> Contracts.requireSampleShape(painter, small))
        .withMessage(
            "model 'judge' has input 'image' UINT8 [64,32,3]"
                + " (expected: UINT8 [64,64,3], as 'painter' draws them)");
    ServedTensor reference = ServedTensor.of("reference", DataType.UINT8, 32, 32, 3);
    assertThat(Contracts.sampleShape(painter, withInput(JUDGE, reference)))
        .hasValueSatisfying(d -> assertThat(d.subject()).isEqualTo("input 'reference'"));
  }

  @Test
  void modelsOfVideosFitTheSameContracts() {
    ServedModel judge = DescribedModels.of(Contracts.POINTWISE_JUDGE.of(Medium.VIDEO), "films", 8);
    assertThat(Medium.of(judge)).isEqualTo(Medium.VIDEO);
    assertThat(judge.input("image")).isEmpty();
    assertThat(Contracts.POINTWISE_JUDGE.fit(judge).fits()).isTrue();
    ServedModel both = withInput(judge, ServedTensor.of("image", DataType.UINT8, 8, 8, 3));
    assertThat(Medium.of(both)).isEqualTo(Medium.IMAGE);
    ServedModel flat = withInput(judge, ServedTensor.of("video", DataType.UINT8, 8, 8, 3));
    assertThat(texts(Contracts.POINTWISE_JUDGE, flat))
        .containsExactly("has input 'video' UINT8 [8,8,3] (expected: UINT8 [F,H,W,3])");
    ServedTensor still = ServedTensor.of("reference", DataType.UINT8, 8, 8, 3);
    assertThat(texts(Contracts.PAIRWISE_JUDGE, withInput(judge, still)))
        .containsExactly("has input 'reference' UINT8 [8,8,3] (expected: UINT8 [F,H,W,3])");
  }

  @Test
  void aJudgeOfImagesCannotLookAtVideosNorTheOtherWayRound() {
    ServedModel films = DescribedModels.of(Contracts.GENERATOR.of(Medium.VIDEO), "films", 8);
    ServedModel stills = DescribedModels.of(Contracts.GENERATOR, "stills", 8);
    ServedModel critic =
        DescribedModels.of(Contracts.POINTWISE_JUDGE.of(Medium.VIDEO), "critic", 8);
    assertThatExceptionOfType(ModelMismatchException.class)
        .isThrownBy(() -> Contracts.requireSampleShape(films, JUDGE))
        .withMessageStartingWith("model 'judge' has no input 'video' (expected: UINT8")
        .withMessageContaining("as 'films' draws them");
    assertThatExceptionOfType(ModelMismatchException.class)
        .isThrownBy(() -> Contracts.requireSampleShape(stills, critic))
        .withMessageContaining("has no input 'image'");
    Contracts.requireSampleShape(films, critic);
    ServedModel large = withInput(critic, ServedTensor.of("video", DataType.UINT8, 8, 64, 64, 3));
    ServedModel small = withOutput(films, ServedTensor.of("video", DataType.UINT8, 4, 64, 64, 3));
    assertThat(Contracts.sampleShape(small, large).orElseThrow().text())
        .contains("has input 'video' UINT8 [8,64,64,3] (expected: UINT8 [4,64,64,3]");
  }

  @Test
  void anOutputThatNoContractHasIsABug() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Contracts.ORACLE.output("stict"))
        .withMessage("oracle has no output stict");
  }
}
