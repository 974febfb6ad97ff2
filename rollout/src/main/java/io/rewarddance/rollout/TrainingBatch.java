package io.rewarddance.rollout;

import java.util.List;

/**
 * Everything that one update is trained on, and the content of one rollout file.
 *
 * @param run run name
 * @param iteration iteration that drew the rollouts
 * @param algorithm how to learn from them
 * @param policy the one policy that drew all of them
 * @param sampler how they were drawn
 * @param seed the iteration's seed
 * @param updateSettingsJson the backend's settings as one JSON object
 * @param rollouts at least one; all of this iteration and policy, of one sample and latent shape,
 *     one schedule, and the same judges and reward parts, those of judges left out included; of one
 *     group all have the same judges left out
 */
public record TrainingBatch(
    String run,
    int iteration,
    Algorithm algorithm,
    PolicyRef policy,
    SamplerSettings sampler,
    long seed,
    String updateSettingsJson,
    List<AdvantagedRollout> rollouts) {
  public TrainingBatch {
    Check.name(run, "run");
    Check.notNegative(iteration, "iteration");
    Check.present(algorithm, "algorithm");
    Check.present(policy, "policy");
    Check.present(sampler, "sampler");
    Check.text(updateSettingsJson, "updateSettingsJson");
    Check.that(
        updateSettingsJson.startsWith("{") && updateSettingsJson.endsWith("}"),
        "updateSettingsJson",
        updateSettingsJson,
        "a JSON object");
    Check.that(
        algorithm != Algorithm.GRPO || sampler.scoredSteps() >= 1,
        "sdeSteps",
        sampler.scoredSteps(),
        ">= 1 for algorithm grpo");
    Check.that(
        algorithm != Algorithm.REFL || sampler.records(sampler.steps() - 1),
        "sampler",
        sampler,
        "one that records the last step's start, for algorithm refl");
    rollouts = List.copyOf(Check.present(rollouts, "rollouts"));
    Uniformity.check(iteration, policy, sampler, rollouts);
    Check.that(
        algorithm != Algorithm.REFL || rollouts.get(0).scored().gradient().isPresent(),
        "gradient",
        "absent",
        "one of each rollout, for algorithm refl");
  }
}
