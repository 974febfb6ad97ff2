package io.rewarddance.embedded.trainer.update;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewarddance.embedded.trainer.SampledRollouts;
import io.rewarddance.embedded.trainer.TestModel;
import io.rewarddance.embedded.trainer.TestSettings;
import io.rewarddance.embedded.trainer.state.TrainerState;
import io.rewarddance.proto.training.UpdateResult;
import io.rewarddance.rollout.PolicyRef;
import io.rewarddance.rollout.Sampler;
import io.rewarddance.rollout.SamplerSettings;
import io.rewarddance.rollout.store.RolloutFile;
import io.rewarddance.rollout.store.RolloutReader;
import java.nio.file.Path;
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
  @CsvSource({"FLOW_SDE, 0.7", "DANCE_SDE, 0.3", "CPS, 0.8"})
  void theRatioIsOneWhileThePolicyIsTheOneThatSampled(Sampler sampler, float noise)
      throws Exception {
    SampledRollouts rollouts =
        SampledRollouts.draw(8, new SamplerSettings(sampler, 6, 1, 2, noise, 1));
    RolloutFile file =
        RolloutReader.read(
            rollouts.write(directory, "test", 0, rollouts.policy(), TestSettings.grpo()).path());
    UpdateResult result = update(2, file).history().get(0);
    assertThat(result.firstRatioDeviation()).isLessThan(1e-5);
    assertThat(result.minibatches()).isEqualTo(3);
    assertThat(result.ratioMean()).isCloseTo(1, org.assertj.core.data.Offset.offset(0.05));
    assertThat(result.kl()).isPositive();
  }

  @Test
  void nativeMemoryStaysFlat() throws Exception {
    RolloutFile file = nftFile(SampledRollouts.ode(16), 0);
    try (Updater updater = new Updater(InitialModel.read(TestModel.versionDirectory()), 2)) {
      TrainerState state = updater.initialState();
      updater.update(state, file, Progress.NONE);
      long before = org.bytedeco.javacpp.Pointer.totalBytes();
      long count = org.bytedeco.javacpp.Pointer.totalCount();
      for (int i = 0; i < 5; i++) {
        updater.update(state, file, Progress.NONE);
      }
      assertThat(org.bytedeco.javacpp.Pointer.totalBytes()).isEqualTo(before);
      assertThat(org.bytedeco.javacpp.Pointer.totalCount()).isEqualTo(count);
    }
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
