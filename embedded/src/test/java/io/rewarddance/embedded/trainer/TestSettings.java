package io.rewarddance.embedded.trainer;

import io.rewarddance.proto.training.UpdateSettings;

/** Update settings like those of the experiments. */
public final class TestSettings {
  private TestSettings() {}

  /** DiffusionNFT by Muon, minibatch 48. */
  public static UpdateSettings nft() {
    return nft(
        48, new UpdateSettings.Optimizer("muon", 1e-3, 6e-3, 0.9, 0.98, 1e-8, 0.01, 0.95, 1));
  }

  public static UpdateSettings nft(int minibatch, UpdateSettings.Optimizer optimizer) {
    return new UpdateSettings(
        "nft",
        7,
        minibatch,
        2,
        1e-3,
        1e-3,
        5,
        0,
        "velocity",
        1,
        2,
        0,
        1,
        "ema-ramp",
        0.9,
        UpdateSettings.Refl.NONE,
        optimizer,
        new UpdateSettings.Schedule("cosine", 90, 5, 0.2, 0.03));
  }

  public static UpdateSettings grpo() {
    UpdateSettings nft = nft();
    return new UpdateSettings(
        "grpo",
        7,
        48,
        3,
        1e-3,
        1e-3,
        5,
        0,
        "gaussian",
        1,
        2,
        0,
        1,
        "0",
        0.9,
        UpdateSettings.Refl.NONE,
        nft.optimizer(),
        nft.schedule());
  }

  /** ReFL alone, gradients as judges gave them. */
  public static UpdateSettings refl() {
    return pushing(nft(), "refl", 1);
  }

  /** The same settings with ReFL's loss, or with it added. */
  public static UpdateSettings pushing(UpdateSettings plain, String algorithm, double weight) {
    return new UpdateSettings(
        algorithm,
        plain.seed(),
        plain.minibatch(),
        plain.passes(),
        plain.clipLow(),
        plain.clipHigh(),
        plain.advantageClip(),
        plain.klWeight(),
        plain.klEstimator(),
        plain.nftBeta(),
        plain.nftRewardScale(),
        plain.nftHoldBelow(),
        plain.nftHoldWeight(),
        plain.oldPolicy(),
        plain.average(),
        new UpdateSettings.Refl(weight, "raw", 1),
        plain.optimizer(),
        plain.schedule());
  }
}
