package io.rewarddance.embedded.model.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.rewarddance.embedded.model.ExecutionPool;
import io.rewarddance.embedded.model.FailureCode;
import io.rewarddance.embedded.model.InferResult;
import io.rewarddance.embedded.model.ModelLoadException;
import io.rewarddance.embedded.model.ServedModel;
import io.rewarddance.embedded.testing.Calls;
import io.rewarddance.embedded.testing.GoldenFile;
import io.rewarddance.embedded.testing.Repository;
import io.rewarddance.proto.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YesNoJudgeTest {
  private static final String MODEL = "shapes_judge";
  private static final int YES = 21;
  private static final int NO = 22;
  private static final int WORDS = 27;
  private static final int PIXELS = 3072;
  private static final GoldenFile GOLDEN = GoldenFile.open("judge");
  private static final String[] PROMPTS = GOLDEN.texts("prompts");
  private static final ExecutionPool POOL = new ExecutionPool(2);
  private static ServedModel judge;

  @BeforeAll
  static void open() throws ModelLoadException {
    judge =
        new YesNoJudgeFactory().open(Repository.config(MODEL), Repository.version(MODEL), 1, POOL);
  }

  @AfterAll
  static void close() {
    judge.close();
    POOL.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void answersAgreeWithPyTorch(boolean pairwise) {
    Calls calls = Calls.judge(PROMPTS, GOLDEN.bytes("images"));
    if (pairwise) {
      calls.with(Calls.images("reference", PROMPTS.length, GOLDEN.bytes("references")));
    }
    Map<String, Tensor> outputs = Calls.outputs(judge.infer(List.of(calls.call())).get(0));
    float[] expected = GOLDEN.floats(pairwise ? "pairwise_log_probs" : "pointwise_log_probs");
    float[] yes = outputs.get("yes_log_prob").floats();
    float[] no = outputs.get("no_log_prob").floats();
    assertThat(outputs.get("reason").strings()).containsOnly("").hasSize(PROMPTS.length);
    for (int row = 0; row < PROMPTS.length; row++) {
      assertThat(yes[row]).isCloseTo(expected[row * WORDS + YES], within(1e-4f));
      assertThat(no[row]).isCloseTo(expected[row * WORDS + NO], within(1e-4f));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void gradientsAgreeWithPyTorchAndLeaveTheAnswerAsItIs(boolean pairwise) {
    GoldenFile golden = GoldenFile.open("judge_gradient");
    String name = pairwise ? "pairwise_image_gradient" : "pointwise_image_gradient";
    float[] expected = golden.floats(name);
    for (int row = 0; row < expected.length / PIXELS; row++) {
      Calls calls = pairwise ? pairwise(row) : pointwise(row);
      Map<String, Tensor> plain = Calls.outputs(infer(List.of(calls)).get(0));
      Map<String, Tensor> outputs =
          Calls.outputs(infer(List.of(calls.asking("yes_log_prob", "image_gradient"))).get(0));
      assertThat(plain).doesNotContainKey("image_gradient");
      assertThat(outputs.get("yes_log_prob")).isEqualTo(plain.get("yes_log_prob"));
      assertThat(outputs.get("image_gradient").shape()).containsExactly(1, 32, 32, 3);
      float[] gradient = outputs.get("image_gradient").floats();
      for (int i = 0; i < PIXELS; i++) {
        float wanted = expected[row * PIXELS + i];
        assertThat(gradient[i]).isCloseTo(wanted, within(1e-6f + 1e-4f * Math.abs(wanted)));
      }
    }
  }

  @Test
  void companyDoesNotChangeAGradient() {
    Calls asked = pairwise(3).asking("image_gradient");
    List<InferResult> alone = infer(List.of(asked));
    List<Calls> many = new ArrayList<>();
    for (int row = 0; row < PROMPTS.length; row++) {
      many.add(row % 2 == 0 ? pairwise(row) : pairwise(row).asking("image_gradient"));
    }
    many.set(3, asked);
    assertThat(infer(many).get(3)).isEqualTo(alone.get(0));
  }

  @Test
  void aVersionWithoutAGradientGraphAnswersAndSaysWhatLacks(@TempDir Path folder)
      throws IOException, ModelLoadException {
    try (var files = Files.list(Repository.version(MODEL))) {
      for (Path file : files.filter(f -> !f.toString().endsWith("_gradient.onnx")).toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
    try (ServedModel bare =
        new YesNoJudgeFactory().open(Repository.config(MODEL), folder, 2, POOL)) {
      List<InferResult> results =
          bare.infer(List.of(pointwise(0).call(), pointwise(0).asking("image_gradient").call()));
      assertThat(Calls.outputs(results.get(0))).containsKey("yes_log_prob");
      assertThat(Calls.failure(results.get(1)).text())
          .isEqualTo(
              "image_gradient: asked for (expected: not, this version has no"
                  + " pointwise_gradient.onnx)");
    }
  }

  @Test
  void theGradientByTheWordsIsThatOfLogYesOverBothAnswers() {
    AnswerWords yes = new AnswerWords(List.of(0, 1));
    AnswerWords no = new AnswerWords(List.of(3));
    float[] logProbs = {(float) Math.log(0.2), (float) Math.log(0.1), 0, (float) Math.log(0.4)};
    // P = 3/7: a form's share of its answer, times 1 - P = 4/7.
    float[] gradient = AnswerWords.gradientOfLogYes(yes, no, logProbs);
    assertThat(gradient[0]).isCloseTo(2 / 3f * 4 / 7, within(1e-6f));
    assertThat(gradient[1]).isCloseTo(1 / 3f * 4 / 7, within(1e-6f));
    assertThat(gradient[2]).isZero();
    assertThat(gradient[3]).isCloseTo(-4 / 7f, within(1e-6f));
    float never = Float.NEGATIVE_INFINITY;
    assertThat(AnswerWords.gradientOfLogYes(yes, no, new float[] {never, never, 0, never})[0])
        .isNaN();
  }

  @Test
  void companyAndOrderDoNotChangeAByte() {
    List<Calls> requests = new ArrayList<>();
    for (int row = 0; row < PROMPTS.length; row++) {
      requests.add(row % 3 == 0 ? pairwise(row) : pointwise(row));
    }
    List<InferResult> alone = new ArrayList<>();
    requests.forEach(request -> alone.addAll(judge.infer(List.of(request.call()))));
    assertThat(infer(requests)).isEqualTo(alone);
    Collections.reverse(requests);
    Collections.reverse(alone);
    assertThat(infer(requests)).isEqualTo(alone);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "instruction | Is it nice? | instruction: \"Is it nice?\" (expected: empty or \"Does the image show exactly",
        "instruction | pairwise    | (expected: empty or \"Does the image show exactly",
        "prompt      | a pink one  | prompt: unknown word \"pink\" in \"a pink one\"",
        "reasons     | 5           | max_reason_tokens: 5 (expected: 0, this judge gives no reasons)",
        "reasons     | -1          | max_reason_tokens: -1 (expected: 0",
      })
  void badRequestsFailAloneAndNameTheTensor(String name, String value, String text) {
    String pairwise =
        Repository.config(MODEL).getParametersOrThrow("pairwise_instruction").getStringValue();
    Calls bad = pointwise(0);
    bad.with(
        name.equals("reasons")
            ? Calls.ints("max_reason_tokens", 1, Integer.parseInt(value))
            : Calls.texts(name, 1, value.equals("pairwise") ? pairwise : value));
    List<InferResult> results = infer(List.of(pointwise(1), bad, pointwise(2)));
    InferResult.Failure failure = Calls.failure(results.get(1));
    assertThat(failure.code()).isEqualTo(FailureCode.INVALID_ARGUMENT);
    assertThat(failure.text()).contains(text);
    assertThat(results.get(0)).isEqualTo(infer(List.of(pointwise(1))).get(0));
    assertThat(Calls.outputs(results.get(2))).containsKey("yes_log_prob");
  }

  @Test
  void instructionsInFullAreTheEmptyOnes() {
    var parameters = Repository.config(MODEL).getParametersMap();
    String pointwise = parameters.get("pointwise_instruction").getStringValue();
    String pairwise = parameters.get("pairwise_instruction").getStringValue();
    assertThat(infer(List.of(pointwise(4).with(Calls.texts("instruction", 1, pointwise)))))
        .isEqualTo(infer(List.of(pointwise(4))));
    assertThat(infer(List.of(pairwise(4).with(Calls.texts("instruction", 1, pairwise)))))
        .isEqualTo(infer(List.of(pairwise(4))));
    // Asking for a comparison without the picture to compare with, and the other way round.
    Calls pointwiseOfTwo = pairwise(4).with(Calls.texts("instruction", 1, pointwise));
    assertThat(Calls.failure(infer(List.of(pointwiseOfTwo)).get(0)).text())
        .contains("instruction: \"" + pointwise);
  }

  @Test
  void cancelledRequestsAreNotAnswered() {
    List<InferResult> results =
        infer(List.of(pointwise(0).cancelledWhen(() -> true), pointwise(1)));
    assertThat(Calls.failure(results.get(0)).code()).isEqualTo(FailureCode.CANCELLED);
    assertThat(Calls.outputs(results.get(1))).containsKey("no_log_prob");
  }

  @Test
  void formsOfAnAnswerAddUp() {
    AnswerWords both = new AnswerWords(List.of(0, 2));
    float[] logProbs = {(float) Math.log(0.25), 0, (float) Math.log(0.5)};
    assertThat(both.logProb(logProbs)).isCloseTo((float) Math.log(0.75), within(1e-6f));
    float never = Float.NEGATIVE_INFINITY;
    assertThat(both.logProb(new float[] {never, 0, never})).isEqualTo(never);
    assertThat(both.logProb(new float[] {0, 0, Float.NaN})).isNaN();
  }

  @Test
  void answersThatAreNoProbabilitiesAreAnError() {
    JudgeRow row =
        new JudgeRow(
            "a circle", new long[8], null, Optional.empty(), false, new Reason(0), () -> false);
    row.answer(Float.NEGATIVE_INFINITY, 0);
    assertThat(row.failure()).isEmpty();
    row.answer(Float.NaN, 0);
    assertThat(row.failure()).hasValueSatisfying(text -> assertThat(text).contains("log_probs"));
  }

  private static Calls pointwise(int row) {
    return Calls.judge(new String[] {PROMPTS[row]}, image("images", row));
  }

  private static Calls pairwise(int row) {
    return pointwise(row).with(Calls.images("reference", 1, image("references", row)));
  }

  private static byte[] image(String tensor, int row) {
    return Arrays.copyOfRange(GOLDEN.bytes(tensor), row * PIXELS, (row + 1) * PIXELS);
  }

  private static List<InferResult> infer(List<Calls> calls) {
    return judge.infer(calls.stream().map(Calls::call).toList());
  }
}
