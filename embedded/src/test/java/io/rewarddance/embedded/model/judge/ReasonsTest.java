package io.rewarddance.embedded.model.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rewarddance.embedded.model.ExecutionPool;
import io.rewarddance.embedded.model.InferResult;
import io.rewarddance.embedded.model.ModelLoadException;
import io.rewarddance.embedded.model.ServedModel;
import io.rewarddance.embedded.testing.Bases;
import io.rewarddance.embedded.testing.Calls;
import io.rewarddance.embedded.testing.GoldenFile;
import io.rewarddance.embedded.text.Vocabulary;
import io.rewarddance.proto.tensor.Tensor;
import io.rewarddance.proto.tensor.Tensors;
import io.rewarddance.proto.triton.ModelConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A judge that goes on after its decision. */
class ReasonsTest {
  private static final int PIXELS = 3072;
  private static final GoldenFile GOLDEN = GoldenFile.open("judge");
  private static final String[] PROMPTS = GOLDEN.texts("prompts");
  private static final String MODEL = GoldenFile.json("reasons").required("model").stringValue();
  private static final ExecutionPool POOL = new ExecutionPool(2);
  private static ServedModel judge;

  @BeforeAll
  static void open() throws ModelLoadException {
    judge = new YesNoJudgeFactory().open(Bases.config(MODEL), Bases.version(MODEL), 1, POOL);
  }

  @AfterAll
  static void close() {
    judge.close();
    POOL.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"pointwise", "pairwise"})
  void reasonsAreThoseOfPyTorchAndLeaveTheDecisionAsItIs(String question) {
    String[] expected =
        GoldenFile.json("reasons")
            .required(question)
            .valueStream()
            .map(node -> node.stringValue())
            .toArray(String[]::new);
    Map<String, Tensor> plain = answer(all(question), 0);
    Map<String, Tensor> outputs = answer(all(question), 4);
    assertThat(outputs.get("reason").strings()).containsExactly(expected);
    assertThat(outputs.get("yes_log_prob")).isEqualTo(plain.get("yes_log_prob"));
    assertThat(outputs.get("no_log_prob")).isEqualTo(plain.get("no_log_prob"));
    assertThat(plain.get("reason").strings()).containsOnly("");
    assertThat(expected).allMatch(text -> text.split(" ").length >= 2);
  }

  @Test
  void aReasonIsNoLongerThanItIsAskedToBe() {
    String whole = answer(row(0), 1000).get("reason").strings().get(0);
    for (int most = 1; most <= 4; most++) {
      List<String> words = List.of(whole.split(" "));
      String expected = String.join(" ", words.subList(0, Math.min(most, words.size())));
      assertThat(answer(row(0), most).get("reason").strings()).containsExactly(expected);
    }
  }

  @Test
  void rowsOfACallMayAskForReasonsOfDifferentLength() {
    Calls calls = all("pointwise");
    int[] most = IntStream.range(0, PROMPTS.length).map(row -> row % 3).toArray();
    calls.with(Tensors.ofInt32("max_reason_tokens", new long[] {PROMPTS.length, 1}, most.clone()));
    List<String> mixed =
        Calls.outputs(judge.infer(List.of(calls.call())).get(0)).get("reason").strings();
    for (int row = 0; row < most.length; row++) {
      assertThat(mixed.get(row))
          .isEqualTo(answer(row(row), most[row]).get("reason").strings().get(0));
    }
  }

  @Test
  void companyDoesNotChangeAReason() {
    List<Calls> calls = new ArrayList<>();
    for (int row = 0; row < PROMPTS.length; row++) {
      calls.add(row(row).with(Calls.ints("max_reason_tokens", 1, row % 2 == 0 ? 4 : 0)));
    }
    List<InferResult> together = judge.infer(calls.stream().map(Calls::call).toList());
    for (int row = 0; row < PROMPTS.length; row++) {
      assertThat(together.get(row)).isEqualTo(judge.infer(List.of(calls.get(row).call())).get(0));
    }
  }

  @Test
  void aNegativeNumberOfWordsIsRefused() {
    InferResult refused =
        judge.infer(List.of(row(0).with(Calls.ints("max_reason_tokens", 1, -1)).call())).get(0);
    assertThat(Calls.failure(refused).text()).isEqualTo("max_reason_tokens: -1 (expected: >= 0)");
  }

  @Test
  void aGraphOfReasonsNeedsTheParameter() {
    ModelConfig config = Bases.config(MODEL).toBuilder().removeParameters("reason_tokens").build();
    assertThatThrownBy(() -> new YesNoJudgeFactory().open(config, Bases.version(MODEL), 1, POOL))
        .isInstanceOf(ModelLoadException.class)
        .hasMessageStartingWith("parameter 'reason_tokens': missing");
    ModelConfig other =
        Bases.config(MODEL).toBuilder()
            .putParameters(
                "reason_tokens", Bases.config(MODEL).getParametersOrThrow("prompt_tokens"))
            .build();
    assertThatThrownBy(() -> new YesNoJudgeFactory().open(other, Bases.version(MODEL), 1, POOL))
        .isInstanceOf(ModelLoadException.class)
        .hasMessageContaining("graph tensor 'answer'")
        .hasMessageContaining("[8, 8]");
  }

  @Test
  void theEndIsNotSaidAndNothingComesAfterIt() {
    Vocabulary vocabulary = Vocabulary.of(List.of("<pad>", "yes", "red", "<end>"));
    Reason reason = new Reason(3);
    reason.begin(1);
    assertThat(reason.said(2)).containsExactly(1, 0);
    reason.say(2, 3);
    assertThat(reason.goesOn()).isTrue();
    assertThat(reason.said(4)).containsExactly(1, 2, 0, 0);
    assertThat(reason.said(1)).as("room for the decision alone").containsExactly(1);
    reason.say(3, 3);
    assertThat(reason.goesOn()).isFalse();
    assertThat(reason.text(vocabulary)).isEqualTo("red");
    assertThat(new Reason(0).goesOn()).isFalse();
  }

  @Test
  void aReasonThatComesFirstIsAllThatIsFedBack() {
    Vocabulary vocabulary = Vocabulary.of(List.of("<pad>", "yes", "red", "<end>"));
    Reason reason = new Reason(1);
    assertThat(reason.said(3)).containsExactly(0, 0, 0);
    reason.say(2, -1);
    reason.say(3, -1);
    assertThat(reason.said(3)).as("<end> is a word as any other").containsExactly(2, 3, 0);
    assertThat(reason.length()).isEqualTo(2);
    assertThat(reason.text(vocabulary)).as("no more than is wanted").isEqualTo("red");
  }

  @Test
  void everyFormOfAnAnswerDecides() {
    YesNo answers = new YesNo(new AnswerWords(List.of(4, 1)), new AnswerWords(List.of(2)));
    assertThat(IntStream.range(-1, 6).filter(answers::decides)).containsExactly(1, 2, 4);
  }

  private static Calls all(String question) {
    Calls calls = Calls.judge(PROMPTS, GOLDEN.bytes("images"));
    return question.equals("pairwise")
        ? calls.with(Calls.images("reference", PROMPTS.length, GOLDEN.bytes("references")))
        : calls;
  }

  private static Calls row(int row) {
    byte[] image = Arrays.copyOfRange(GOLDEN.bytes("images"), row * PIXELS, (row + 1) * PIXELS);
    return Calls.judge(new String[] {PROMPTS[row]}, image);
  }

  private static Map<String, Tensor> answer(Calls calls, int reasonTokens) {
    calls.with(Calls.ints("max_reason_tokens", calls.rows(), reasonTokens));
    return Calls.outputs(judge.infer(List.of(calls.call())).get(0));
  }
}
