package io.rewarddance.driver.generate;

import static io.rewarddance.driver.generate.Played.POLICY;
import static io.rewarddance.driver.generate.Played.SDE;
import static io.rewarddance.driver.generate.Played.draws;
import static io.rewarddance.driver.testing.PlayedModel.input;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

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
import io.rewarddance.rollout.Image;
import io.rewarddance.rollout.Pixels;
import io.rewarddance.rollout.Sampler;
import io.rewarddance.rollout.SamplerSettings;
import io.rewarddance.rollout.Trajectory;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a generator is asked, and what is made of good answers. */
final class GeneratorTest {
  private final PlayedModel played = new PlayedModel(Played::answer);
  private final Generator generator = new Generator(Played.model(8), played);

  @Test
  void everySettingIsATensorOfTheContract() {
    generator.draw("iteration=1/group=2", draws(2), SDE, POLICY).join();

    InferCall call = played.calls.get(0);
    assertThat(call.model()).isEqualTo("painter");
    assertThat(call.version()).isEqualTo(InferCall.NEWEST);
    assertThat(call.id()).isEqualTo("iteration=1/group=2");
    Map<String, Tensor> inputs =
        call.inputs().stream().collect(Collectors.toMap(Tensor::name, tensor -> tensor));
    long[] column = {2, 1};
    assertThat(inputs)
        .isEqualTo(
            Map.of(
                "prompt", Tensors.ofStrings("prompt", column, "prompt 0", "prompt 1"),
                "seed", Tensors.ofInt64("seed", column, 100, 101),
                "steps", Tensors.ofInt32("steps", column, 4, 4),
                "sde_start", Tensors.ofInt32("sde_start", column, 1, 1),
                "sde_steps", Tensors.ofInt32("sde_steps", column, 2, 2),
                "noise_level", Tensors.ofFp32("noise_level", column, 0.7f, 0.7f),
                "guidance", Tensors.ofFp32("guidance", column, 1.5f, 1.5f),
                "sampler", Tensors.ofStrings("sampler", column, "flow-sde", "flow-sde"),
                "policy_version", Tensors.ofInt64("policy_version", column, 3, 3)));
    assertThat(call.outputs())
        .containsExactlyInAnyOrder(
            "image", "latents", "log_probs", "sigmas", "policy_version", "policy_digest");
  }

  @ParameterizedTest
  @EnumSource(Sampler.class)
  void everySamplerHasItsWireName(Sampler sampler) {
    SamplerSettings settings =
        new SamplerSettings(sampler, 4, 0, sampler == Sampler.ODE ? 0 : 2, 0.7f, 1);
    generator.draw("a", draws(1), settings, POLICY).join();
    String expected =
        switch (sampler) {
          case ODE -> "ode";
          case FLOW_SDE -> "flow-sde";
          case DANCE_SDE -> "dance-sde";
          case CPS -> "cps";
        };
    assertThat(input(played.calls.get(0), "sampler").strings()).containsExactly(expected);
  }

  @Test
  void everyRowIsReadFromItsOwnPlace() {
    List<Outcome<Drawing>> drawn = generator.draw("a", draws(3), SDE, POLICY).join();

    assertThat(drawn).hasSize(3);
    for (int row = 0; row < 3; row++) {
      Drawing drawing = drawn.get(row).value().orElseThrow();
      byte[] pixels = new byte[6];
      for (int i = 0; i < 6; i++) {
        pixels[i] = (byte) (6 * row + i);
      }
      assertThat(drawing.sample()).isEqualTo(Image.of(1, 2, pixels));
      float[] latents = Played.counted(3 * 18, 0.5f);
      assertThat(drawing.trajectory())
          .isEqualTo(
              new Trajectory(
                  new int[] {3, 1, 2},
                  Arrays.copyOfRange(latents, 18 * row, 18 * row + 18),
                  3,
                  new float[] {-2f * row, -2f * row - 1},
                  new float[] {1, 0.75f, 0.5f, 0.25f, 0}));
      assertThat(drawing.policy()).isEqualTo(POLICY);
    }
  }

  @Test
  void drawsAreCutAtTheLargestBatchAndStayInOrder() {
    Generator narrow = new Generator(Played.model(2), played);
    List<Outcome<Drawing>> drawn = narrow.draw("a", draws(5), SDE, POLICY).join();

    assertThat(drawn).hasSize(5).noneMatch(Outcome::isFailed);
    assertThat(played.calls).extracting(PlayedModel::rows).containsExactly(2, 2, 1);
    assertThat(played.calls)
        .extracting(call -> input(call, "seed").int64s())
        .containsExactly(new long[] {100, 101}, new long[] {102, 103}, new long[] {104});
    assertThat(played.calls).extracting(InferCall::id).doesNotHaveDuplicates();
  }

  @Test
  void halfPrecisionLatentsAreRead() {
    for (DataType type : List.of(DataType.FP16, DataType.BF16)) {
      float[] values = Played.counted(18, 0.5f);
      long[] shape = {1, 3, 3, 1, 2};
      Tensor half =
          type == DataType.FP16
              ? Tensors.ofFp16("latents", shape, values)
              : Tensors.ofBf16("latents", shape, values);
      Generator halved =
          new Generator(Played.model(8), new PlayedModel(call -> Played.answer(call, half)));
      Drawing drawing = halved.draw("a", draws(1), SDE, POLICY).join().get(0).value().orElseThrow();
      assertThat(drawing.trajectory().latents()).as("%s", type).containsExactly(values);
    }
  }

  @Test
  void anOdeHasOneLatentAndNoLogProbabilities() {
    SamplerSettings ode = new SamplerSettings(Sampler.ODE, 4, 0, 0, 0, 1);
    Generator generator =
        new Generator(
            Played.model(8),
            new PlayedModel(
                call ->
                    Played.answer(
                        call,
                        Tensors.ofFp32(
                            "latents", new long[] {2, 1, 3, 1, 2}, Played.counted(12, 1)),
                        Tensors.ofFp32("log_probs", new long[] {2, 0}))));
    Trajectory trajectory =
        generator.draw("a", draws(2), ode, POLICY).join().get(1).value().orElseThrow().trajectory();
    assertThat(trajectory.states()).isEqualTo(1);
    assertThat(trajectory.latents()).containsExactly(6, 7, 8, 9, 10, 11);
    assertThat(trajectory.logProbs()).isEmpty();
  }

  @Test
  void imagesAloneAreAskedForWithoutTrajectories() {
    List<Outcome<Pixels>> images = generator.samples("a", draws(2), SDE, POLICY).join();
    assertThat(images.get(1).value().orElseThrow().rgb()).containsExactly(6, 7, 8, 9, 10, 11);
    assertThat(played.calls.get(0).outputs())
        .containsExactlyInAnyOrder("image", "policy_version", "policy_digest");
  }

  @Test
  void aPinnedDrawingSaysWhoDrewIt() {
    Drawing drawing =
        generator.drawPinned("canary", draws(1).get(0), SDE, 7, 9).join().value().orElseThrow();
    assertThat(drawing.policy()).isEqualTo(POLICY);
    assertThat(played.calls.get(0).version()).isEqualTo(7);
    assertThat(input(played.calls.get(0), "policy_version").int64s()).containsExactly(9);
  }

  @Test
  void theExpectedAnswerIsCountedForTheBoundOnBytes() {
    generator.draw("a", draws(2), SDE, POLICY).join();
    // image 6, latents 3 * 6 * 4, log-probs 2 * 4, sigmas 5 * 4, version 8, digest at least 1
    assertThat(played.calls.get(0).answerBytes()).isEqualTo(2 * (6 + 72 + 8 + 20 + 8 + 1));
  }

  /** Large models say -1 for height and width: how large they are shows with the first answer. */
  @Test
  void anAnswerLargerThanDescribedRaisesWhatIsExpectedOfTheNext() {
    Generator vague =
        new Generator(
            DescribedModels.withOutput(
                Played.model(8), ServedTensor.of("image", DataType.UINT8, -1, -1, 3)),
            new PlayedModel(
                call -> {
                  played.calls.add(call);
                  return Played.answer(
                      call,
                      Tensors.ofUint8("image", new long[] {1, 64, 64, 3}, new byte[64 * 64 * 3]));
                }));
    vague.draw("a", draws(1), SDE, POLICY).join();
    vague.draw("b", draws(1), SDE, POLICY).join();
    assertThat(played.calls.get(0).answerBytes()).isLessThan(1000);
    assertThat(played.calls.get(1).answerBytes()).isGreaterThanOrEqualTo(64 * 64 * 3);
  }

  @Test
  void aModelThatIsNoGeneratorIsRefusedWithEverythingThatDoesntFit() {
    ServedModel judge = DescribedModels.of(Contracts.POINTWISE_JUDGE, "judge", 8);
    assertThatExceptionOfType(ModelMismatchException.class)
        .isThrownBy(() -> new Generator(judge, played))
        .withMessageContaining("model 'judge'")
        .withMessageContaining("has no input 'seed'")
        .withMessageContaining("needs input 'image'")
        .withMessageContaining("has no output 'latents'");
  }
}
