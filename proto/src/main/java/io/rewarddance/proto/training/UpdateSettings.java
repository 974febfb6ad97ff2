package io.rewarddance.proto.training;

/**
 * How to train on one iteration. It travels inside the rollout file (root attribute {@code
 * update_settings}, as JSON), so the file's digest covers it and an update needs nothing beside its
 * file.
 *
 * @param algorithm {@code grpo}, {@code nft} or {@code refl}
 * @param seed seed of every random choice of this update (noise levels, noise, minibatch order)
 * @param minibatch rollouts per optimizer step
 * @param passes GRPO: optimizer steps per iteration over the shuffled (rollout, step) pairs; NFT,
 *     ReFL: how often each rollout is used
 * @param clipLow ratio clip below 1 (GRPO)
 * @param clipHigh ratio clip above 1 (GRPO)
 * @param advantageClip advantages are clamped to this absolute value
 * @param klWeight weight of the KL penalty to the reference (initial) policy; 0 = none
 * @param klEstimator {@code gaussian} (mean squared distance of means over 2 std^2; GRPO), {@code
 *     k1}, {@code k2}, {@code k3}, or {@code velocity} (mean squared velocity distance; NFT, ReFL)
 * @param nftBeta mixing strength beta of DiffusionNFT
 * @param nftRewardScale r = clip(A / scale, -1, 1) / 2 + 1/2
 * @param nftHoldBelow noise level at and below which the reward doesn't teach (NFT) and only the KL
 *     penalty acts, with the weight {@code nftHoldWeight}: it holds what the last steps draw. 0 =
 *     the reward teaches everywhere
 * @param nftHoldWeight weight of the KL penalty there
 * @param oldPolicy how the sampling policy follows the trained one (NFT): {@code ema-ramp}
 *     min(0.001 * step, 0.5), or a constant decay as a number in text
 * @param average decay of the weight average that is offered beside the policy; 0 = none
 * @param refl how judges' image gradients are pushed
 * @param optimizer optimizer settings
 * @param schedule learning-rate schedule
 */
public record UpdateSettings(
    String algorithm,
    long seed,
    int minibatch,
    int passes,
    double clipLow,
    double clipHigh,
    double advantageClip,
    double klWeight,
    String klEstimator,
    double nftBeta,
    double nftRewardScale,
    double nftHoldBelow,
    double nftHoldWeight,
    String oldPolicy,
    double average,
    Refl refl,
    Optimizer optimizer,
    Schedule schedule) {
  /**
   * @param weight of the judges' image gradient; 0 = not used, which algorithm {@code refl} can't
   *     be
   * @param gradient {@code raw}, {@code clip} (a rollout's gradient that is longer than {@code
   *     gradientNorm} is shortened to it) or {@code normalise} (all are made that long)
   * @param gradientNorm length, in nats per grey level
   */
  public record Refl(double weight, String gradient, double gradientNorm) {
    /** No image gradients. */
    public static final Refl NONE = new Refl(0, "clip", 1);
  }

  /**
   * @param kind {@code muon} (block matrices by Muon, everything else by AdamW) or {@code adamw}
   * @param learningRate AdamW's peak rate
   * @param muonLearningRate Muon's peak rate
   * @param beta1 AdamW
   * @param beta2 AdamW
   * @param epsilon AdamW
   * @param weightDecay decoupled, both optimizers
   * @param muonMomentum Muon's momentum
   * @param gradientClip largest global gradient norm
   */
  public record Optimizer(
      String kind,
      double learningRate,
      double muonLearningRate,
      double beta1,
      double beta2,
      double epsilon,
      double weightDecay,
      double muonMomentum,
      double gradientClip) {}

  /**
   * @param kind {@code constant}, {@code cosine} or {@code linear}
   * @param iterations length of the run in iterations
   * @param warmup iterations over which the rate rises to its peak
   * @param hold share of the run at the peak before the decay starts
   * @param last rate at the end as a share of the peak
   */
  public record Schedule(String kind, int iterations, int warmup, double hold, double last) {}
}
