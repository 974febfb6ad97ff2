package io.rewarddance.rollout;

import java.util.Arrays;

/** How the training backend learns from a batch. */
public enum Algorithm {
  /** Clipped policy gradient over the log-probabilities of the SDE window. */
  GRPO("grpo"),
  /** DiffusionNFT: needs clean latents and advantages only. */
  NFT("nft"),
  /** Pushes the judges' image gradients through the last denoising step; needs no advantages. */
  REFL("refl");

  private final String wireName;

  Algorithm(String wireName) {
    this.wireName = wireName;
  }

  /** Name in requests, files and configuration: {@code grpo|nft|refl}. */
  public String wireName() {
    return wireName;
  }

  /**
   * @throws IllegalArgumentException when no algorithm has this wire name
   */
  public static Algorithm of(String wireName) {
    for (Algorithm algorithm : values()) {
      if (algorithm.wireName.equals(wireName)) {
        return algorithm;
      }
    }
    throw new IllegalArgumentException(
        "algorithm: "
            + wireName
            + " (expected: one of "
            + Arrays.stream(values()).map(Algorithm::wireName).toList()
            + ")");
  }
}
