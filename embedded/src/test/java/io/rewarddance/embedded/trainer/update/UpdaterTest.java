package io.rewarddance.embedded.trainer.update;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewarddance.embedded.trainer.SampledRollouts;
import io.rewarddance.embedded.trainer.TestModel;
import io.rewarddance.embedded.trainer.TestSettings;
import io.rewarddance.embedded.trainer.Velocity;
import io.rewarddance.embedded.trainer.state.TrainerState;
import io.rewarddance.embedded.trainer.step.Progress;
import io.rewarddance.proto.training.TrainingJson;
import io.rewarddance.proto.training.UpdateResult;
import io.rewarddance.rollout.PolicyRef;
import io.rewarddance.rollout.Sampler;
import io.rewarddance.rollout.SamplerSettings;
import io.rewarddance.rollout.store.RolloutFile;
import io.rewarddance.rollout.store.RolloutReader;
import java.nio.file.Path;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpdaterTest {
  @TempDir Path directory;

  @Test
  void theSameFileAndStateGiveTheSameWeightsOnAnyNumberOfThreads() throws Exception {
    RolloutFile file = nftFile(SampledRollouts.ode(16), 0);
    TrainerState once = update(1, file);
    TrainerState again = update(2, file);
    TrainerState more = update(3, file);
    assertThat(once.policyDigest()).isEqualTo(again.policyDigest()).isEqualTo(more.policyDigest());
    assertThat(once.trained()).isEqualTo(again.trained()).isEqualTo(more.trained());
    assertThat(once.optimizer().momentum()).isEqualTo(more.optimizer().momentum());
    assertThat(once.policyDigest()).isNotEqualTo(file.header().policy().digest());
  }

  @Test
  void anNftUpdateSaysWhatItDid() throws Exception {
    UpdateResult result = update(2, nftFile(SampledRollouts.ode(16), 0)).history().get(0);
    assertThat(result.rollouts()).isEqualTo(14);
    assertThat(result.minibatches()).isEqualTo(1);
    assertThat(result.step()).isEqualTo(1);
    assertThat(result.policyVersion()).isEqualTo(2);
    assertThat(result.loss()).isPositive().isFinite();
    assertThat(result.ratioMean()).isEqualTo(1);
    assertThat(result.gradientNorm()).isPositive();
    assertThat(result.learningRate()).isEqualTo(1e-3 / 5);
    assertThat(result.klEstimator()).isEqualTo("velocity");
    assertThat(result.kl()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "torch, FLOW_SDE, 0.7, 0",
    "torch, DANCE_SDE, 0.3, 1",
    "torch, CPS, 0.8, 1",
    "onnx, FLOW_SDE, 0.7, 0",
    "onnx, DANCE_SDE, 0.3, 1",
    "onnx, CPS, 0.8, 1"
  })
  void theRatioIsOneWhileThePolicyIsTheOneThatSampled(
      String engine, Sampler sampler, float noise, int start) throws Exception {
    SamplerSettings settings = new SamplerSettings(sampler, 6, start, 2, noise, 1);
    InitialModel model = InitialModel.read(TestModel.versionDirectory());
    SampledRollouts rollouts;
    try (Velocity velocity =
        engine.equals("onnx")
            ? Velocity.onnx(model)
            : Velocity.torch(model, model.layout().flatten(model.weights()))) {
      rollouts = SampledRollouts.draw(8, settings, 0, model, velocity);
    }
    String json = TrainingJson.write(TestSettings.grpo());
    Path path = rollouts.write(directory, "test", 0, rollouts.policy(), json, "grpo").path();
    UpdateResult result = update(2, RolloutReader.read(path)).history().get(0);
    assertThat(result.firstRatioDeviation()).isLessThan(1e-5);
    assertThat(result.minibatches()).isEqualTo(3);
    assertThat(result.kl()).isPositive();
  }

  @Test
  void odeRolloutsAreDrawnAgainInTheFirstUpdate() throws Exception {
    InitialModel model = InitialModel.read(TestModel.versionDirectory());
    RolloutFile same;
    RolloutFile other;
    try (Velocity velocity = Velocity.onnx(model)) {
      SampledRollouts rollouts =
          SampledRollouts.draw(8, SampledRollouts.odeSampler(), 0, model, velocity);
      same = nftFile(rollouts, 0);
      Velocity wrong = otherThan(velocity);
      other = nftFile(SampledRollouts.draw(8, SampledRollouts.odeSampler(), 0, model, wrong), 1);
    }
    assertThat(update(2, same).history().get(0).firstRatioDeviation()).isLessThan(1e-5);
    assertThat(update(2, other).history().get(0).firstRatioDeviation()).isGreaterThan(1e-2);
  }

  @Test
  void nativeMemoryStaysFlat() throws Exception {
    RolloutFile file = nftFile(SampledRollouts.ode(16), 0);
    try (Updater updater = new Updater(InitialModel.read(TestModel.versionDirectory()), 2)) {
      TrainerState state = updater.initialState();
      updater.update(state, file, Progress.NONE);
      long before = Pointer.totalBytes();
      long count = Pointer.totalCount();
      for (int i = 0; i < 5; i++) {
        updater.update(state, file, Progress.NONE);
      }
      assertThat(Pointer.totalBytes()).isEqualTo(before);
      assertThat(Pointer.totalCount()).isEqualTo(count);
    }
  }

  /** A network that isn't quite the same. */
  private static Velocity otherThan(Velocity velocity) {
    return new Velocity() {
      @Override
      public float[] at(float[] x, float sigma, long[] tokens) {
        float[] v = velocity.at(x, sigma, tokens);
        for (int i = 0; i < v.length; i++) {
          v[i] *= 0.99f;
        }
        return v;
      }

      @Override
      public void close() {}
    };
  }

  private RolloutFile nftFile(SampledRollouts rollouts, int iteration) throws Exception {
    PolicyRef policy = rollouts.policy();
    Path path = rollouts.write(directory, "test", iteration, policy, TestSettings.nft()).path();
    return RolloutReader.read(path);
  }

  private static TrainerState update(int threads, RolloutFile file) throws Exception {
    try (Updater updater = new Updater(InitialModel.read(TestModel.versionDirectory()), threads)) {
      return updater.update(updater.initialState(), file, Progress.NONE);
    }
  }
}
