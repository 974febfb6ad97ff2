package io.rewarddance.driver.config;

/**
 * Measuring on held-out prompts.
 *
 * @param heldOutImages images of the evaluations before and after; 0 = none
 * @param every iterations between two small probes; 0 = none
 * @param probeImages images of a probe
 * @param steps length of the denoising schedule; the rollouts' by default
 * @param seed seed of the images; the run's by default
 * @param grid images shown in the report, the same prompts and seeds before and after
 */
public record EvaluateConfig(
    int heldOutImages, int every, int probeImages, int steps, long seed, int grid) {
  public EvaluateConfig {
    Check.atLeast("evaluate.held_out_images", heldOutImages, 0);
    Check.atLeast("evaluate.every", every, 0);
    Check.atLeast("evaluate.probe_images", probeImages, 1);
    Check.atLeast("evaluate.steps", steps, 1);
    Check.atLeast("evaluate.grid", grid, 0);
  }
}
