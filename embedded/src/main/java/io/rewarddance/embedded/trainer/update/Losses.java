package io.rewarddance.embedded.trainer.update;

import io.rewarddance.embedded.trainer.loss.GrpoLoss;
import io.rewarddance.embedded.trainer.loss.KlEstimator;
import io.rewarddance.embedded.trainer.loss.Loss;
import io.rewarddance.embedded.trainer.loss.NftLoss;
import io.rewarddance.embedded.trainer.loss.TrainingSet;
import io.rewarddance.embedded.trainer.loss.UpdateNoise;
import io.rewarddance.proto.training.UpdateSettings;

/** Makes the loss that the settings name, after checking the numbers it will use. */
final class Losses {
  private Losses() {}

  /**
   * @throws IllegalArgumentException naming the setting that can't be
   */
  static Loss of(UpdateSettings settings, TrainingSet set, UpdateNoise noise, double sigmaShift) {
    require(settings.advantageClip() > 0, "advantageClip", settings.advantageClip(), "> 0");
    require(settings.passes() >= 1, "passes", settings.passes(), ">= 1");
    require(
        settings.klWeight() >= 0 && settings.klWeight() < Double.POSITIVE_INFINITY,
        "klWeight",
        settings.klWeight(),
        ">= 0 and finite");
    return switch (settings.algorithm()) {
      case "grpo" -> grpo(settings, set);
      case "nft" -> nft(settings, set, noise, sigmaShift);
      default ->
          throw new IllegalArgumentException(
              "algorithm: " + settings.algorithm() + " (expected: grpo or nft)");
    };
  }

  private static Loss grpo(UpdateSettings settings, TrainingSet set) {
    require(set.window() >= 1, "sde_steps", set.window(), ">= 1 for grpo");
    require(
        settings.clipLow() > 0 && settings.clipLow() < 1, "clipLow", settings.clipLow(), "0 to 1");
    require(settings.clipHigh() > 0, "clipHigh", settings.clipHigh(), "> 0");
    return new GrpoLoss(
        set,
        new GrpoLoss.Settings(
            settings.clipLow(),
            settings.clipHigh(),
            settings.advantageClip(),
            settings.klWeight(),
            KlEstimator.of(settings.klEstimator()),
            settings.passes()));
  }

  private static Loss nft(
      UpdateSettings settings, TrainingSet set, UpdateNoise noise, double sigmaShift) {
    require(set.window() == 0, "sde_steps", set.window(), "0 for nft: it needs the clean latent");
    require(settings.minibatch() >= 1, "minibatch", settings.minibatch(), ">= 1");
    require(settings.nftBeta() > 0, "nftBeta", settings.nftBeta(), "> 0");
    require(settings.nftRewardScale() > 0, "nftRewardScale", settings.nftRewardScale(), "> 0");
    require(
        settings.klEstimator().equals("velocity"),
        "klEstimator",
        settings.klEstimator(),
        "velocity for nft");
    return new NftLoss(
        set,
        new NftLoss.Settings(
            settings.nftBeta(),
            settings.nftRewardScale(),
            settings.advantageClip(),
            settings.klWeight(),
            settings.passes(),
            settings.minibatch(),
            sigmaShift),
        noise);
  }

  private static void require(boolean holds, String name, Object value, String expected) {
    if (!holds) {
      throw new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
    }
  }
}
