package io.rewarddance.driver.config;

import io.rewarddance.proto.training.UpdateSettings;
import io.rewarddance.rollout.Algorithm;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The training backend and how it updates; the update's own fields are described at {@link
 * UpdateSettings}.
 *
 * @param endpoint HTTP address of the backend; empty = the embedded one
 * @param tls certificates, where the address is https
 * @param tokenFile file with a bearer token, sent with every call
 * @param algorithm loss
 * @param minibatch rollouts of one optimizer step
 * @param passes see {@link UpdateSettings#passes()}
 * @param clipLow ratio clip below 1 (GRPO)
 * @param clipHigh ratio clip above 1 (GRPO)
 * @param klWeight weight of the KL penalty; 0 = none
 * @param klEstimator its estimator
 * @param nftBeta mixing strength (NFT)
 * @param nftRewardScale advantage at which the reward saturates (NFT)
 * @param nftHoldBelow noise level at and below which only the KL penalty acts (NFT)
 * @param nftHoldWeight its weight there
 * @param oldPolicy how the sampling policy follows (NFT): {@code ema-ramp} or a decay
 * @param average decay of the weight average; 0 = none
 * @param refl how judges' image gradients are pushed; weight 0 = they aren't
 * @param optimizer optimizer settings
 * @param schedule learning-rate schedule
 * @param deadline of one update
 * @param retries further attempts for an update; it is idempotent
 */
public record TrainingConfig(
    Optional<URI> endpoint,
    TlsFiles tls,
    Optional<Path> tokenFile,
    Algorithm algorithm,
    int minibatch,
    int passes,
    double clipLow,
    double clipHigh,
    double klWeight,
    String klEstimator,
    double nftBeta,
    double nftRewardScale,
    double nftHoldBelow,
    double nftHoldWeight,
    String oldPolicy,
    double average,
    UpdateSettings.Refl refl,
    UpdateSettings.Optimizer optimizer,
    Rate schedule,
    Duration deadline,
    int retries) {
  public TrainingConfig {
    Check.atLeast("training.minibatch", minibatch, 1);
    Check.atLeast("training.passes", passes, 1);
    Check.positive("training.clip_low", clipLow);
    Check.positive("training.clip_high", clipHigh);
    Check.notNegative("training.kl_weight", klWeight);
    Check.within("training.nft_beta", nftBeta, 0, 10);
    Check.positive("training.nft_reward_scale", nftRewardScale);
    Check.within("training.nft_hold_below", nftHoldBelow, 0, 1);
    Check.notNegative("training.nft_hold_weight", nftHoldWeight);
    Check.within("training.average", average, 0, 1);
    Check.notNegative("training.refl.weight", refl.weight());
    Check.that(
        algorithm != Algorithm.REFL || refl.weight() > 0,
        "training.refl.weight",
        refl.weight(),
        "> 0 for algorithm refl");
    Check.positive("training.refl.gradient_norm", refl.gradientNorm());
    Check.positive("training.deadline", deadline);
    Check.atLeast("training.retries", retries, 0);
    Check.positive("training.optimizer.learning_rate", optimizer.learningRate());
    Check.positive("training.optimizer.gradient_clip", optimizer.gradientClip());
  }

  /** Whether training runs inside this JVM. */
  public boolean embedded() {
    return endpoint.isEmpty();
  }

  /** How the backend is reached. */
  public BackendConfig backend() {
    return new BackendConfig(endpoint, tls, tokenFile, deadline, retries);
  }

  /** Whether judges are asked for image gradients: alone (ReFL), or beside another loss. */
  public boolean pushesGradients() {
    return refl.weight() > 0;
  }

  /**
   * The settings that travel with the rollouts of one iteration.
   *
   * @param seed seed of the update's own random choices
   * @param iterations length of the run, which the schedule is stretched over
   * @param advantageClip largest absolute advantage
   */
  public UpdateSettings updateSettings(long seed, int iterations, double advantageClip) {
    return new UpdateSettings(
        algorithm.wireName(),
        seed,
        minibatch,
        passes,
        clipLow,
        clipHigh,
        advantageClip,
        klWeight,
        klEstimator,
        nftBeta,
        nftRewardScale,
        nftHoldBelow,
        nftHoldWeight,
        oldPolicy,
        average,
        refl,
        optimizer,
        new UpdateSettings.Schedule(
            schedule.kind(), iterations, schedule.warmup(), schedule.hold(), schedule.last()));
  }

  /**
   * Learning-rate schedule over the run.
   *
   * @param kind {@code constant}, {@code cosine} or {@code linear}
   * @param warmup iterations over which the rate rises to its peak
   * @param hold share of the run at the peak before the decay starts
   * @param last rate at the end as a share of the peak
   */
  public record Rate(String kind, int warmup, double hold, double last) {
    public Rate {
      Check.atLeast("training.schedule.warmup", warmup, 0);
      Check.within("training.schedule.hold", hold, 0, 1);
      Check.within("training.schedule.last", last, 0, 1);
    }
  }
}
