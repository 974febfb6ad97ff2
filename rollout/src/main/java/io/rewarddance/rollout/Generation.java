package io.rewarddance.rollout;

/**
 * One drawn sample, stamped with the policy that answered.
 *
 * @param id which rollout it is
 * @param prompt what was asked for
 * @param seed the sampler's seed: same seed, settings and policy give the same bytes
 * @param policy the weights that answered
 * @param image the sample
 * @param trajectory what the sampler recorded; finite numbers only
 */
public record Generation(
    RolloutId id, Prompt prompt, long seed, PolicyRef policy, Image image, Trajectory trajectory) {
  public Generation {
    Check.present(id, "id");
    Check.present(prompt, "prompt");
    Check.present(policy, "policy");
    Check.present(image, "image");
    Check.present(trajectory, "trajectory");
  }
}
