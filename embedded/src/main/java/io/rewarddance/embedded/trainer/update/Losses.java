package io.rewarddance.embedded.trainer.update;

import io.rewarddance.embedded.trainer.loss.GradientRule;
import io.rewarddance.embedded.trainer.loss.GrpoLoss;
import io.rewarddance.embedded.trainer.loss.KlEstimator;
import io.rewarddance.embedded.trainer.loss.Loss;
import io.rewarddance.embedded.trainer.loss.MixedLoss;
import io.rewarddance.embedded.trainer.loss.NftLoss;
import io.rewarddance.embedded.trainer.loss.ReflLoss;
import io.rewarddance.embedded.trainer.loss.TrainingSet;
import io.rewarddance.embedded.trainer.step.UpdateNoise;
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
    Loss main =
        switch (settings.algorithm()) {
          case "grpo" -> grpo(settings, set);
          case "nft" -> nft(settings, set, noise, sigmaShift);
          case "refl" -> refl(settings, set, settings.klWeight(), settings.passes());
          default ->
              throw new IllegalArgumentException(
                  "algorithm: " + settings.algorithm() + " (expected: grpo, nft or refl)");
        };
    boolean mixed = settings.refl().weight() > 0 && !settings.algorithm().equals("refl");
    return mixed ? new MixedLoss(main, refl(settings, set, 0, 1)) : main;
  }

  /** A main loss has its own KL penalty and its own number of passes. */
  private static ReflLoss refl(
      UpdateSettings settings, TrainingSet set, double klWeight, int passes) {
    UpdateSettings.Refl refl = settings.refl();
    int last = set.plan().schedule().steps() - 1;
    require(
        set.records(last),
        "sde_start",
        set.plan().sdeStart(),
        "a window that records level " + last);
    require(set.judged().isPresent(), "image_gradient", "absent", "present for refl");
    require(settings.minibatch() >= 1, "minibatch", settings.minibatch(), ">= 1");
    require(
        refl.weight() > 0 && refl.weight() < Double.POSITIVE_INFINITY,
        "refl.weight",
        refl.weight(),
        "> 0 and finite");
    require(refl.gradientNorm() > 0, "refl.gradientNorm", refl.gradientNorm(), "> 0");
    if (settings.algorithm().equals("refl")) {
      requireVelocity(settings);
    }
    return new ReflLoss(
        set,
        new ReflLoss.Settings(
            refl.weight(),
            GradientRule.of(refl.gradient()),
            refl.gradientNorm(),
            klWeight,
            passes,
            settings.minibatch()));
  }

  private static void requireVelocity(UpdateSettings settings) {
    require(
        settings.klEstimator().equals("velocity"),
        "klEstimator",
        settings.klEstimator(),
        "velocity for " + settings.algorithm());
  }

  private static Loss grpo(UpdateSettings settings, TrainingSet set) {
    require(set.window() >= 1, "sde_steps", set.window(), ">= 1 for grpo");
    require(set.plan().rule().isStochastic(), "sampler", "ode", "one with noise, for grpo");
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
    require(
        set.records(set.plan().schedule().steps()),
        "sde_steps",
        set.window(),
        "0 for nft, or a window to the end: it needs the clean latent");
    require(settings.minibatch() >= 1, "minibatch", settings.minibatch(), ">= 1");
    require(settings.nftBeta() > 0, "nftBeta", settings.nftBeta(), "> 0");
    require(settings.nftRewardScale() > 0, "nftRewardScale", settings.nftRewardScale(), "> 0");
    double below = settings.nftHoldBelow();
    double weight = settings.nftHoldWeight();
    require(below >= 0 && below < 1, "nftHoldBelow", below, "0 to below 1");
    require(
        weight >= 0 && weight < Double.POSITIVE_INFINITY,
        "nftHoldWeight",
        weight,
        ">= 0 and finite");
    requireVelocity(settings);
    return new NftLoss(
        set,
        new NftLoss.Settings(
            settings.nftBeta(),
            settings.nftRewardScale(),
            new NftLoss.Hold(settings.nftHoldBelow(), settings.nftHoldWeight()),
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
