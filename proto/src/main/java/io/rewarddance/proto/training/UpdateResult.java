package io.rewarddance.proto.training;

/**
 * What one update did. The same (run, iteration, digest) always gives the same result, however
 * often it is sent.
 *
 * @param run run name
 * @param iteration iteration that was trained on
 * @param digest lower-case hex sha-256 of the rollout file
 * @param policyVersion version of the sampling policy after the update
 * @param policyDigest sha-256 of its weights file
 * @param step optimizer steps taken since the start of the run
 * @param rollouts rollouts trained on
 * @param minibatches optimizer steps of this update
 * @param loss mean over minibatches
 * @param ratioMean mean policy ratio (GRPO; 1 for NFT)
 * @param firstRatioDeviation largest |ratio - 1| before any weight changed: how far sampler and
 *     trainer disagree. For NFT, in a run's first update, the same of a few rollouts drawn again
 *     from their seeds (docs/training-backend.md); 0 in later updates
 * @param clipFractionLow share of ratios below 1 - clipLow
 * @param clipFractionHigh share of ratios above 1 + clipHigh
 * @param kl mean KL by {@code klEstimator}, to the reference policy
 * @param klEstimator its name
 * @param policyDistance mean squared velocity distance between the trained and the sampling policy
 *     (NFT), else 0
 * @param gradientNorm mean over minibatches, before clipping
 * @param learningRate AdamW's rate in this iteration
 * @param seconds time spent
 */
public record UpdateResult(
    String run,
    int iteration,
    String digest,
    long policyVersion,
    String policyDigest,
    long step,
    int rollouts,
    int minibatches,
    double loss,
    double ratioMean,
    double firstRatioDeviation,
    double clipFractionLow,
    double clipFractionHigh,
    double kl,
    String klEstimator,
    double policyDistance,
    double gradientNorm,
    double learningRate,
    double seconds) {}
