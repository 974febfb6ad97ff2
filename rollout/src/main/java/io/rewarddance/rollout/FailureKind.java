package io.rewarddance.rollout;

/** Why a step failed; failures are counted and handled by kind. */
public enum FailureKind {
  /** The judge didn't answer in time. */
  JUDGE_TIMEOUT,
  /** No judge endpoint could be reached. */
  JUDGE_UNAVAILABLE,
  /** The judge answered NaN or an infinity. */
  JUDGE_NOT_FINITE,
  /** P(yes) + P(no) is below the configured floor. */
  JUDGE_MASS_BELOW_FLOOR,
  /** The judge's answer has another shape or type. */
  JUDGE_BAD_SHAPE,
  /** Any other refusal of the judge. */
  JUDGE_ERROR,
  /** The generator didn't answer in time. */
  GENERATOR_TIMEOUT,
  /** No generator endpoint could be reached. */
  GENERATOR_UNAVAILABLE,
  /** Latents or log-probabilities hold NaN or an infinity. */
  GENERATOR_NOT_FINITE,
  /** Another policy version or digest answered than the one asked for. */
  GENERATOR_WRONG_POLICY,
  /** The generator's answer has another shape or type. */
  GENERATOR_BAD_SHAPE,
  /** Any other refusal of the generator. */
  GENERATOR_ERROR,
  /** The backend already trained this iteration on another file. */
  BACKEND_CONFLICT,
  /** Any other refusal of the training backend. */
  BACKEND_ERROR,
  /** The training backend didn't answer in time. */
  BACKEND_TIMEOUT,
  /** Loss or gradient became NaN or infinite. */
  BACKEND_NOT_FINITE,
  /** No space left for the rollout file. */
  STORE_FULL,
  /** Any other failure to store rollouts. */
  STORE_ERROR,
  /** A new policy couldn't be put in service. */
  PUBLISH_ERROR,
  /** A served policy's pinned answer differs from what its weights give. */
  CANARY_MISMATCH
}
