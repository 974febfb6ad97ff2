package io.rewarddance.rollout;

/**
 * One drawn sample, stamped with the policy that answered.
 *
 * @param id which rollout it is
 * @param prompt what was asked for
 * @param seed the sampler's seed: same seed, settings and policy give the same bytes
 * @param policy the weights that answered
 * @param sample what was drawn
 * @param trajectory what the sampler recorded; finite numbers only
 */
public record Generation(
    RolloutId id,
    Prompt prompt,
    long seed,
    PolicyRef policy,
    Pixels sample,
    Trajectory trajectory) {
  public Generation {
    Check.present(id, "id");
    Check.present(prompt, "prompt");
    Check.present(policy, "policy");
    Check.present(sample, "sample");
    Check.present(trajectory, "trajectory");
    prompt
        .firstFrame()
        .ifPresent(
            frame ->
                Check.that(
                    sample instanceof Video video
                        && video.height() == frame.height()
                        && video.width() == frame.width(),
                    "sample",
                    sample,
                    "a video of frames like the first, " + frame));
  }
}
