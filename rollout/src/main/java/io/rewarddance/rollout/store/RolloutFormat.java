package io.rewarddance.rollout.store;

import java.util.Locale;

/** Names and version of the rollout file's format; see {@code docs/rollout-file.md}. */
public final class RolloutFormat {
  /** Value of the root attribute {@code format}. */
  public static final String NAME = "rewarddance-rollouts";

  /** Value of the root attribute {@code format_version}. */
  public static final int VERSION = 2;

  /** A reader takes files from this version on; it had a SHA-256 in the place of each CRC-32. */
  public static final int OLDEST_VERSION = 1;

  /** Largest {@code update_settings}: HDF5 keeps all attributes of an object within 64 KiB. */
  public static final int MAX_UPDATE_SETTINGS_BYTES = 32 << 10;

  static final String CRC32 = "crc32";
  static final String GROUP = "group";
  static final String ROLLOUT = "rollout";
  static final String SEED = "seed";
  static final String PROMPT_INDEX = "prompt_index";
  static final String PROMPT = "prompt";
  static final String CATEGORY = "category";
  static final String IMAGE = "image";
  static final String VIDEO = "video";
  static final String FIRST_FRAME = "first_frame";
  static final String IMAGE_GRADIENT = "image_gradient";
  static final String LATENTS = "latents";
  static final String LOG_PROBS = "log_probs";
  static final String SIGMAS = "sigmas";
  static final String REWARD = "reward";
  static final String REWARD_PARTS = "reward_parts";
  static final String YES_LOG_PROB = "yes_log_prob";
  static final String NO_LOG_PROB = "no_log_prob";
  static final String ADVANTAGE = "advantage";
  static final String TRAINED = "trained";

  private RolloutFormat() {}

  static boolean isReadable(int version) {
    return version >= OLDEST_VERSION && version <= VERSION;
  }

  /** {@code iteration-000012.h5}. */
  public static String fileName(int iteration) {
    return String.format(Locale.ROOT, "iteration-%06d.h5", iteration);
  }
}
