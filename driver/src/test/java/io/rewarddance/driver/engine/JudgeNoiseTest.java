package io.rewarddance.driver.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.rewarddance.driver.clock.StageClock;
import io.rewarddance.driver.config.JudgeConfig.Reference;
import io.rewarddance.driver.failure.StepFailedException;
import io.rewarddance.driver.generate.Draw;
import io.rewarddance.driver.generate.Generator;
import io.rewarddance.driver.judge.Judge;
import io.rewarddance.driver.reference.References;
import io.rewarddance.driver.testing.ToyGenerator;
import io.rewarddance.driver.testing.ToyJudge;
import io.rewarddance.rollout.Image;
import io.rewarddance.rollout.PolicyRef;
import io.rewarddance.rollout.Prompt;
import io.rewarddance.rollout.Sampler;
import io.rewarddance.rollout.SamplerSettings;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class JudgeNoiseTest {
  private static final PolicyRef POLICY = new PolicyRef(1, "0123456789abcdef".repeat(4));
  private static final SamplerSettings ODE = new SamplerSettings(Sampler.ODE, 4, 0, 0, 0, 1);
  private static final Prompt CIRCLE = new Prompt(0, "a circle", "");
  private static final Prompt SQUARE = new Prompt(1, "a square", "");
  private static final List<Draw> DRAWS = JudgeNoise.draws(List.of(CIRCLE, SQUARE), 7);

  /** Images are very different for it, answers to one image are all the same. */
  private static final ToyJudge.Taste SURE = (image, reference) -> 0.1 + image / 512.0;

  private final ToyGenerator generator = new ToyGenerator(POLICY);

  /** Answers rise by a step from repeat to repeat; there are 24 rows in one. */
  private static ToyJudge.Taste rising(double step) {
    AtomicInteger asked = new AtomicInteger();
    return (image, reference) ->
        SURE.pYes(image, reference) + step * (asked.getAndIncrement() / JudgeNoise.IMAGES);
  }

  private double measure(int repeats, Map<String, References> references, Judge... judges) {
    return new JudgeNoise(
            new Generator(ToyGenerator.MODEL, generator), ODE, List.of(judges), new StageClock())
        .measure(DRAWS, POLICY, references, repeats, done -> {});
  }

  @Test
  void aJudgeThatIsSureHasNone() {
    assertThat(measure(3, Map.of(), new ToyJudge(SURE).pointwise("match"))).isZero();
  }

  /** Steps of .04, four times: a sample deviation of .04 * sqrt(5 / 3) for every image. */
  @Test
  void noiseIsThatOfAnswersToOneImage() {
    ToyJudge judge = new ToyJudge(rising(.04));
    assertThat(measure(4, Map.of(), judge.pointwise("match")))
        .isCloseTo(.04 * Math.sqrt(5.0 / 3), within(1e-6));
    assertThat(judge.calls).hasSize(4 * JudgeNoise.IMAGES / 8);
  }

  /** Two steps in the same direction add; the reward is the weighted sum. */
  @Test
  void noiseIsThatOfTheTotalReward() {
    double both =
        measure(
            2,
            Map.of(),
            new ToyJudge(rising(.04)).pointwise("match"),
            new ToyJudge(rising(.02)).pointwise("style"));
    assertThat(both).isCloseTo(.06 / Math.sqrt(2), within(1e-6));
  }

  @Test
  void imagesAreDrawnOnceFromSeedsOfTheirOwn() {
    measure(5, Map.of(), new ToyJudge(SURE).pointwise("match"));
    assertThat(generator.calls).hasSize(JudgeNoise.IMAGES / 4);
    assertThat(DRAWS).hasSize(24).doesNotHaveDuplicates();
    assertThat(DRAWS).extracting(Draw::prompt).startsWith(CIRCLE, SQUARE, CIRCLE);
    assertThat(DRAWS.get(0).seed()).isEqualTo(4700441308912216511L);
  }

  @Test
  void aPairwiseJudgeComparesWithItsReferences() {
    Image grey = Image.of(2, 2, new byte[12]);
    References references =
        new References(
            new TreeMap<>(
                Map.of(CIRCLE.text(), List.of(grey), SQUARE.text(), List.of(grey, grey))));
    Judge judge =
        new ToyJudge((image, reference) -> reference == 0 ? 0.25 : 0.5)
            .pairwise(new Reference(Reference.Kind.RANDOM, 2, 2, Reference.Refresh.NEVER));
    assertThat(measure(2, Map.of("judge", references), judge)).isZero();
  }

  @Test
  void anAnswerThatIsMissingFails() {
    ToyJudge broken = new ToyJudge((image, reference) -> Double.NaN);
    assertThatThrownBy(() -> measure(2, Map.of(), broken.pointwise("match")))
        .isInstanceOf(StepFailedException.class)
        .hasMessageContaining("JUDGE_NOT_FINITE");
    generator.failingOn(DRAWS.get(3).seed());
    assertThatThrownBy(() -> measure(2, Map.of(), new ToyJudge(SURE).pointwise("match")))
        .isInstanceOf(StepFailedException.class)
        .hasMessageContaining("GENERATOR_ERROR");
  }
}
