package io.rewarddance.embedded.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewarddance.embedded.trainer.state.TrainerState;
import io.rewarddance.embedded.trainer.step.Progress;
import io.rewarddance.embedded.trainer.update.InitialModel;
import io.rewarddance.embedded.trainer.update.Updater;
import io.rewarddance.proto.training.TrainingJson;
import io.rewarddance.proto.training.UpdateSettings;
import io.rewarddance.rollout.PolicyRef;
import io.rewarddance.rollout.Sampler;
import io.rewarddance.rollout.SamplerSettings;
import io.rewarddance.rollout.store.RolloutFile;
import io.rewarddance.rollout.store.RolloutReader;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A few updates move the samples towards what is rewarded: here, how red an image is. */
class LearningTest {
  private static final int ITERATIONS = 4;
  private static final int ROLLOUTS = 24;
  private static final int CHANNEL = 32 * 32;

  @TempDir Path directory;

  @Test
  void nftMakesImagesRedder() throws Exception {
    UpdateSettings settings =
        TestSettings.nft(
            16, new UpdateSettings.Optimizer("muon", 1e-3, 6e-3, 0.9, 0.98, 1e-8, 0, 0.95, 1));
    assertThat(gain(settings, SampledRollouts.odeSampler())).isGreaterThan(0.02);
  }

  @Test
  void grpoMakesImagesRedder() throws Exception {
    SamplerSettings sampler = new SamplerSettings(Sampler.FLOW_SDE, 6, 0, 2, 0.7f, 1);
    assertThat(gain(TestSettings.grpo(), sampler)).isGreaterThan(0.05);
  }

  @Test
  void reflMakesImagesRedder() throws Exception {
    assertThat(gain(TestSettings.refl(), SampledRollouts.lateSampler())).isGreaterThan(0.02);
  }

  @Test
  void reflHelpsNftOnTheSameRollouts() throws Exception {
    UpdateSettings mixed = TestSettings.pushing(TestSettings.nft(), "nft", 1);
    assertThat(gain(mixed, SampledRollouts.lateSampler())).isGreaterThan(0.02);
  }

  /** How much the mean redness rises from the first iteration's samples to those of the end. */
  private double gain(UpdateSettings settings, SamplerSettings sampler) throws Exception {
    InitialModel model = InitialModel.read(TestModel.versionDirectory());
    try (Updater updater = new Updater(model, 2)) {
      TrainerState state = updater.initialState();
      double before = mean(redness(draw(model, state, sampler, 0)));
      for (int i = 0; i < ITERATIONS; i++) {
        SampledRollouts rollouts = draw(model, state, sampler, 1000 * i);
        PolicyRef policy = new PolicyRef(state.version(), state.policyDigest());
        Path path =
            rollouts
                .wished(redder())
                .write(
                    directory,
                    "red",
                    i,
                    policy,
                    TrainingJson.write(settings),
                    settings.algorithm(),
                    advantages(redness(rollouts)))
                .path();
        RolloutFile file = RolloutReader.read(path);
        state = updater.update(state, file, Progress.NONE);
      }
      return mean(redness(draw(model, state, sampler, 0))) - before;
    }
  }

  private static SampledRollouts draw(
      InitialModel model, TrainerState state, SamplerSettings sampler, int firstSeed)
      throws Exception {
    try (Velocity velocity = Velocity.torch(model, state.sampling())) {
      return SampledRollouts.draw(ROLLOUTS, sampler, firstSeed, model, velocity);
    }
  }

  /** Gradient of the redness by an image's grey levels. */
  private static float[] redder() {
    float[] gradient = new float[3 * CHANNEL];
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] = (i % 3 == 0 ? 1 : -0.5f) / CHANNEL / 127.5f;
    }
    return gradient;
  }

  private static double[] redness(SampledRollouts rollouts) {
    List<float[]> finals = rollouts.finals();
    double[] redness = new double[finals.size()];
    for (int i = 0; i < redness.length; i++) {
      for (int p = 0; p < CHANNEL; p++) {
        float[] image = finals.get(i);
        redness[i] += (image[p] - (image[p + CHANNEL] + image[p + 2 * CHANNEL]) / 2) / CHANNEL;
      }
    }
    return redness;
  }

  private static double[] advantages(double[] rewards) {
    double mean = mean(rewards);
    double squares = 0;
    for (double reward : rewards) {
      squares += (reward - mean) * (reward - mean) / rewards.length;
    }
    double[] advantages = new double[rewards.length];
    for (int i = 0; i < rewards.length; i++) {
      advantages[i] = (rewards[i] - mean) / Math.sqrt(squares);
    }
    return advantages;
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }
}
