package io.rewarddance.driver.judge;

import static io.rewarddance.driver.judge.Judges.image;
import static io.rewarddance.driver.judge.Judges.red;
import static io.rewarddance.driver.judge.Judges.subject;
import static io.rewarddance.driver.testing.PlayedModel.input;
import static io.rewarddance.driver.testing.PlayedModel.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.rewarddance.driver.failure.Outcome;
import io.rewarddance.driver.model.ModelMismatchException;
import io.rewarddance.driver.model.ServedModel;
import io.rewarddance.driver.testing.DescribedModels;
import io.rewarddance.driver.testing.PlayedModel;
import io.rewarddance.driver.triton.InferCall;
import io.rewarddance.proto.tensor.Tensor;
import io.rewarddance.rollout.YesProbability;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a judge is asked, and what is made of good answers. */
final class JudgeTest {
  /** Says yes with as many per cent as the image is red, and no with 4 % less than the rest. */
  private static List<Tensor> reddest(InferCall call) {
    float[] yes = new float[rows(call)];
    float[] no = new float[rows(call)];
    for (int row = 0; row < yes.length; row++) {
      int percent = red(call, "image", row);
      yes[row] = (float) Math.log(percent / 100.0);
      no[row] = (float) Math.log((96 - percent) / 100.0);
    }
    return Judges.answer(yes, no);
  }

  private static YesProbability value(List<Outcome<YesProbability>> outcomes, int index) {
    return outcomes.get(index).value().orElseThrow();
  }

  @Test
  void aPointwiseQuestionHoldsPromptInstructionAndImage() {
    PlayedModel played = new PlayedModel(JudgeTest::reddest);
    Judge judge = new Judge(Judges.pointwise("Count the circles."), Judges.model(8), played);
    var outcomes = judge.judge("g", List.of(subject(48), subject(24))).join();

    assertThat(value(outcomes, 0).probability()).isCloseTo(0.5, within(1e-6));
    assertThat(value(outcomes, 1).probability()).isCloseTo(0.25, within(1e-6));
    assertThat(value(outcomes, 0).mass()).isCloseTo(0.96, within(1e-6));
    InferCall call = played.calls.get(0);
    assertThat(call.model()).isEqualTo("vlm");
    assertThat(call.id()).isEqualTo("g/judge=match");
    assertThat(call.outputs()).containsExactlyInAnyOrder("yes_log_prob", "no_log_prob");
    assertThat(call.inputs())
        .extracting(Tensor::name)
        .containsExactlyInAnyOrder("prompt", "instruction", "image", "max_reason_tokens");
    assertThat(input(call, "prompt").strings()).containsExactly("a red circle", "a red circle");
    assertThat(input(call, "instruction").strings())
        .containsExactly("Count the circles.", "Count the circles.");
    assertThat(input(call, "instruction").shape()).containsExactly(2, 1);
    assertThat(input(call, "max_reason_tokens").int32s()).containsExactly(0, 0);
    assertThat(input(call, "image").shape()).containsExactly(2, 1, 1, 3);
    assertThat(input(call, "image").int8s()).containsExactly(48, 0, 0, 24, 0, 0);
  }

  @Test
  void aPairwiseQuestionHoldsTheReferenceToo() {
    PlayedModel played = new PlayedModel(JudgeTest::reddest);
    Judge judge = new Judge(Judges.pairwise(false), Judges.model(8), played);
    judge.judge("g", List.of(subject(10, 1, 2), subject(20, 3, 4))).join();

    assertThat(judge.isPairwise()).isTrue();
    InferCall call = played.calls.get(0);
    assertThat(input(call, "image").int8s())
        .containsExactly(10, 0, 0, 10, 0, 0, 20, 0, 0, 20, 0, 0);
    assertThat(input(call, "reference").int8s())
        .containsExactly(1, 0, 0, 2, 0, 0, 3, 0, 0, 4, 0, 0);
  }

  @Test
  void severalReferencesGiveTheMeanOfTheirProbabilities() {
    // yes .8 and .2, no .1 and .6: means .5 and .35
    PlayedModel played =
        new PlayedModel(
            call ->
                Judges.answer(
                    new float[] {(float) Math.log(0.8), (float) Math.log(0.2)},
                    new float[] {(float) Math.log(0.1), (float) Math.log(0.6)}));
    Judge judge = new Judge(Judges.pairwise(false), Judges.model(8), played);
    YesProbability mean = value(judge.judge("g", List.of(subject(10, 1, 2))).join(), 0);
    assertThat(Math.exp(mean.yesLogProb())).isCloseTo(0.5, within(1e-7));
    assertThat(Math.exp(mean.noLogProb())).isCloseTo(0.35, within(1e-7));
    assertThat(mean.probability()).isCloseTo(0.5 / 0.85, within(1e-7));
  }

  @Test
  void bothOrdersAreAskedAndAveragedWithTheSecondTurnedRound() {
    // Forward: yes .75, no .125. Backward, "is the reference better?": yes .25, no .5.
    PlayedModel played =
        new PlayedModel(
            call ->
                Judges.answer(
                    new float[] {(float) Math.log(0.75), (float) Math.log(0.25)},
                    new float[] {(float) Math.log(0.125), (float) Math.log(0.5)}));
    Judge judge = new Judge(Judges.pairwise(true), Judges.model(8), played);
    YesProbability mean = value(judge.judge("g", List.of(subject(10, 1))).join(), 0);

    InferCall call = played.calls.get(0);
    assertThat(List.of(red(call, "image", 0), red(call, "reference", 0))).containsExactly(10, 1);
    assertThat(List.of(red(call, "image", 1), red(call, "reference", 1))).containsExactly(1, 10);
    assertThat(Math.exp(mean.yesLogProb())).isCloseTo((0.75 + 0.5) / 2, within(1e-7));
    assertThat(Math.exp(mean.noLogProb())).isCloseTo((0.125 + 0.25) / 2, within(1e-7));
  }

  /** A judge that always prefers what it sees first has no opinion. */
  @Test
  void aBiasForOneOrderCancelsExactly() {
    PlayedModel biased = new PlayedModel(call -> Judges.always(call, 0.9, 0.05));
    Judge judge = new Judge(Judges.pairwise(true), Judges.model(8), biased);
    YesProbability mean = value(judge.judge("g", List.of(subject(10, 1, 2, 3))).join(), 0);
    assertThat(mean.probability()).isEqualTo(0.5);
    assertThat(mean.logOdds()).isZero();
  }

  @Test
  void answersInEveryOrderFindTheirSubjectAgain() {
    PlayedModel played = new PlayedModel(JudgeTest::reddest);
    Judge judge = new Judge(Judges.pairwise(true), Judges.model(3), played);
    List<Subject> subjects =
        IntStream.rangeClosed(1, 7).mapToObj(i -> subject(i * 10, 48, 48)).toList();
    var outcomes = judge.judge("g", subjects).join();

    assertThat(played.calls).extracting(PlayedModel::rows).containsOnly(3, 1).hasSize(10);
    assertThat(played.calls).extracting(InferCall::id).doesNotHaveDuplicates();
    for (int i = 0; i < 7; i++) {
      double yes = ((i + 1) * 0.1 + 0.48) / 2;
      double no = (0.96 - (i + 1) * 0.1 + 0.48) / 2;
      assertThat(value(outcomes, i).probability()).isCloseTo(yes / (yes + no), within(1e-6));
    }
  }

  @Test
  void impossibleIsAnAnswerAsLongAsTheOtherIsPossible() {
    PlayedModel sure = new PlayedModel(call -> Judges.always(call, 1, 0));
    Judge judge = new Judge(Judges.pairwise(false), Judges.model(8), sure);
    YesProbability answer = value(judge.judge("g", List.of(subject(1, 2, 3))).join(), 0);
    assertThat(answer.probability()).isEqualTo(1);
    assertThat(answer.noLogProb()).isEqualTo(Double.NEGATIVE_INFINITY);
  }

  @Test
  void nobodyIsAskedAboutNothing() {
    PlayedModel played = new PlayedModel(JudgeTest::reddest);
    Judge judge = new Judge(Judges.pointwise(""), Judges.model(8), played);
    assertThat(judge.judge("g", List.of()).join()).isEmpty();
    assertThat(played.calls).isEmpty();
  }

  @Test
  void singleQuestionsCanBeAskedAsTheyAre() {
    PlayedModel played = new PlayedModel(JudgeTest::reddest);
    Judge judge = new Judge(Judges.pairwise(true), Judges.model(8), played);
    var outcomes =
        judge
            .ask("g", List.of(new Question(Judges.PROMPT, image(72), Optional.of(image(1)))))
            .join();
    assertThat(value(outcomes, 0).probability()).isCloseTo(0.75, within(1e-6));
    assertThat(played.calls.get(0).inputs()).extracting(Tensor::name).contains("reference");
  }

  @Test
  void aPairwiseJudgeNeedsAReferenceAndAModelThatTakesOne() {
    PlayedModel played = new PlayedModel(JudgeTest::reddest);
    Judge judge = new Judge(Judges.pairwise(false), Judges.model(8), played);
    assertThatIllegalStateException()
        .isThrownBy(() -> judge.judge("g", List.of(subject(1))))
        .withMessage("judge 'match': no reference for 'a red circle'");

    ServedModel narrow = DescribedModels.without(Judges.model(8), "reference");
    assertThatExceptionOfType(ModelMismatchException.class)
        .isThrownBy(() -> new Judge(Judges.pairwise(false), narrow, played))
        .withMessageContaining("has no input 'reference'");
    new Judge(Judges.pointwise(""), narrow, played);
    ServedModel silent = new ServedModel("vlm", 8, false, narrow.inputs(), List.of());
    assertThatExceptionOfType(ModelMismatchException.class)
        .isThrownBy(() -> new Judge(Judges.pointwise(""), silent, played))
        .withMessageContaining("has no output 'yes_log_prob' (expected: FP32 [1]); has no output");
  }
}
