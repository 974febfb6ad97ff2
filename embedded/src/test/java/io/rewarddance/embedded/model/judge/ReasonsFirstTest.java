package io.rewarddance.embedded.model.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.rewarddance.embedded.model.ExecutionPool;
import io.rewarddance.embedded.model.FailureCode;
import io.rewarddance.embedded.model.InferResult;
import io.rewarddance.embedded.model.ModelLoadException;
import io.rewarddance.embedded.model.ServedModel;
import io.rewarddance.embedded.testing.Calls;
import io.rewarddance.embedded.testing.GoldenFile;
import io.rewarddance.embedded.testing.ReasonsFirst;
import io.rewarddance.proto.tensor.Tensor;
import io.rewarddance.proto.triton.ModelConfig;
import io.rewarddance.proto.triton.ModelParameter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A judge that gives its reason before it decides. */
class ReasonsFirstTest {
  private static final int YES = 21;
  private static final int NO = 22;
  private static final int WORDS = 33;
  private static final int PIXELS = 3072;
  private static final GoldenFile ASKED = GoldenFile.open("judge");
  private static final GoldenFile ANSWERED = GoldenFile.open("reasons_first");
  private static final String[] PROMPTS = ASKED.texts("prompts");
  private static final ExecutionPool POOL = new ExecutionPool(2);
  private static ServedModel judge;

  @BeforeAll
  static void open() throws ModelLoadException {
    judge = open(ReasonsFirst.config(), ReasonsFirst.version());
  }

  @AfterAll
  static void close() {
    judge.close();
    POOL.close();
  }

  private static ServedModel open(ModelConfig config, Path version) throws ModelLoadException {
    return new YesNoJudgeFactory().open(config, version, 1, POOL);
  }

  @ParameterizedTest
  @ValueSource(strings = {"pointwise", "pairwise"})
  void reasonsAndTheDecisionsAfterThemAreThoseOfPyTorch(String question) {
    Map<String, Tensor> outputs = answer(all(question), 4);
    assertThat(outputs.get("reason").strings()).containsExactly(ANSWERED.texts(question));
    float[] expected = ANSWERED.floats(question + "_log_probs");
    float[] yes = outputs.get("yes_log_prob").floats();
    float[] no = outputs.get("no_log_prob").floats();
    for (int row = 0; row < PROMPTS.length; row++) {
      assertThat(yes[row]).isCloseTo(expected[row * WORDS + YES], within(1e-4f));
      assertThat(no[row]).isCloseTo(expected[row * WORDS + NO], within(1e-4f));
    }
  }

  @Test
  void theGoldenAnswersHaveReasonsOfSeveralLengths() {
    List<Integer> lengths = new ArrayList<>();
    for (String question : List.of("pointwise", "pairwise")) {
      for (String reason : ANSWERED.texts(question)) {
        lengths.add(reason.isEmpty() ? 0 : reason.split(" ").length);
      }
    }
    assertThat(lengths.stream().distinct().count()).isGreaterThan(1);
    assertThat(Collections.max(lengths)).isPositive();
  }

  @Test
  void howManyWordsAreAskedForChangesNothingElse() {
    for (String question : List.of("pointwise", "pairwise")) {
      Map<String, Tensor> whole = answer(all(question), 4);
      for (int most : new int[] {0, 1, 2, Integer.MAX_VALUE}) {
        Map<String, Tensor> cut = answer(all(question), most);
        assertThat(cut.get("yes_log_prob")).isEqualTo(whole.get("yes_log_prob"));
        assertThat(cut.get("no_log_prob")).isEqualTo(whole.get("no_log_prob"));
        for (int row = 0; row < PROMPTS.length; row++) {
          String[] words = whole.get("reason").strings().get(row).split(" ");
          assertThat(cut.get("reason").strings().get(row))
              .isEqualTo(String.join(" ", Arrays.copyOf(words, Math.min(most, words.length))));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"pointwise", "pairwise"})
  void gradientsHoldTheWordsFixedAndLeaveTheAnswerAsItIs(String question) {
    float[] expected = ANSWERED.floats(question + "_image_gradient");
    for (int row = 0; row < expected.length / PIXELS; row++) {
      Map<String, Tensor> plain = answer(row(question, row), 4);
      Calls asking = row(question, row).asking("yes_log_prob", "image_gradient");
      Map<String, Tensor> outputs = answer(asking, 4);
      assertThat(outputs.get("yes_log_prob")).isEqualTo(plain.get("yes_log_prob"));
      assertThat(outputs.get("reason")).isEqualTo(plain.get("reason"));
      float[] gradient = outputs.get("image_gradient").floats();
      float largest = 0;
      for (int i = 0; i < PIXELS; i++) {
        largest = Math.max(largest, Math.abs(expected[row * PIXELS + i]));
      }
      assertThat(largest).isPositive();
      for (int i = 0; i < PIXELS; i++) {
        assertThat(gradient[i]).isCloseTo(expected[row * PIXELS + i], within(1e-4f * largest));
      }
    }
  }

  @Test
  void companyAndOrderDoNotChangeAByte() {
    List<Calls> calls = new ArrayList<>();
    for (int row = 0; row < PROMPTS.length; row++) {
      Calls call = row(row % 3 == 0 ? "pairwise" : "pointwise", row);
      call.with(Calls.ints("max_reason_tokens", 1, row % 5));
      calls.add(row % 2 == 0 ? call : call.asking("reason", "no_log_prob", "image_gradient"));
    }
    List<InferResult> alone = new ArrayList<>();
    calls.forEach(call -> alone.addAll(judge.infer(List.of(call.call()))));
    assertThat(infer(calls)).isEqualTo(alone);
    Collections.reverse(calls);
    Collections.reverse(alone);
    assertThat(infer(calls)).isEqualTo(alone);
  }

  @Test
  void badAndCancelledRequestsFailAlone() {
    Calls negative = row("pointwise", 0).with(Calls.ints("max_reason_tokens", 1, -1));
    Calls gone = row("pairwise", 1).cancelledWhen(() -> true);
    List<InferResult> results = infer(List.of(negative, gone, row("pairwise", 2)));
    assertThat(Calls.failure(results.get(0)).text())
        .isEqualTo("max_reason_tokens: -1 (expected: >= 0)");
    assertThat(Calls.failure(results.get(1)).code()).isEqualTo(FailureCode.CANCELLED);
    assertThat(results.get(2)).isEqualTo(infer(List.of(row("pairwise", 2))).get(0));
  }

  @Test
  void aVersionWithoutAGradientGraphAnswersAndSaysWhatLacks(@TempDir Path folder)
      throws IOException, ModelLoadException {
    ReasonsFirst.copyVersion(folder);
    Files.delete(folder.resolve("pairwise_reasons_gradient.onnx"));
    try (ServedModel bare = open(ReasonsFirst.config(), folder)) {
      Calls asking = row("pairwise", 0).asking("image_gradient");
      List<InferResult> results = bare.infer(List.of(row("pairwise", 0).call(), asking.call()));
      assertThat(results.get(0)).isEqualTo(infer(List.of(row("pairwise", 0))).get(0));
      assertThat(Calls.failure(results.get(1)).text())
          .isEqualTo(
              "image_gradient: asked for (expected: not, this version has no"
                  + " pairwise_reasons_gradient.onnx)");
    }
  }

  @Test
  void aVersionWithoutTheGraphThatSpeaksIsNotServed(@TempDir Path folder) throws IOException {
    ReasonsFirst.copyVersion(folder);
    Files.delete(folder.resolve("pointwise_reasons.onnx"));
    assertThatThrownBy(() -> open(ReasonsFirst.config(), folder))
        .isInstanceOf(ModelLoadException.class)
        .hasMessageContaining("pointwise_reasons.onnx");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "reasons | first | parameter 'reasons': first (expected: none, decision-first or reasons-first)",
        "reasons | ''    | parameter 'reasons': missing (expected: a string_value in config.pbtxt)",
        "reason_tokens | 2 | graph tensor",
      })
  void aParameterThatCantBeIsNamed(String parameter, String value, String text) {
    ModelConfig config = with(ReasonsFirst.config(), parameter, value);
    assertThatThrownBy(() -> open(config, ReasonsFirst.version()))
        .isInstanceOf(ModelLoadException.class)
        .hasMessageContaining(text);
  }

  /** What a server did before it knew of the parameter: another answer, from another graph. */
  @Test
  void withoutTheParameterTheDecisionComesFirst() {
    for (String said : List.of("none", "decision-first")) {
      assertThatThrownBy(
              () -> open(with(ReasonsFirst.config(), "reasons", said), ReasonsFirst.version()))
          .hasMessageContaining("pointwise.onnx");
    }
    ModelConfig silent = ReasonsFirst.config().toBuilder().removeParameters("reasons").build();
    assertThatThrownBy(() -> open(silent, ReasonsFirst.version()))
        .hasMessageContaining("pointwise.onnx");
  }

  private static ModelConfig with(ModelConfig config, String parameter, String value) {
    return config.toBuilder()
        .putParameters(parameter, ModelParameter.newBuilder().setStringValue(value).build())
        .build();
  }

  private static Calls all(String question) {
    Calls calls = Calls.judge(PROMPTS, ASKED.bytes("images"));
    return question.equals("pairwise")
        ? calls.with(Calls.images("reference", PROMPTS.length, ASKED.bytes("references")))
        : calls;
  }

  private static Calls row(String question, int row) {
    Calls calls = Calls.judge(new String[] {PROMPTS[row]}, image("images", row));
    return question.equals("pairwise")
        ? calls.with(Calls.images("reference", 1, image("references", row)))
        : calls;
  }

  private static byte[] image(String tensor, int row) {
    return Arrays.copyOfRange(ASKED.bytes(tensor), row * PIXELS, (row + 1) * PIXELS);
  }

  private static Map<String, Tensor> answer(Calls calls, int reasonTokens) {
    calls.with(Calls.ints("max_reason_tokens", calls.rows(), reasonTokens));
    return Calls.outputs(judge.infer(List.of(calls.call())).get(0));
  }

  private static List<InferResult> infer(List<Calls> calls) {
    return judge.infer(calls.stream().map(Calls::call).toList());
  }
}
