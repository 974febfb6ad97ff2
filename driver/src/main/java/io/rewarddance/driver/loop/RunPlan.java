package io.rewarddance.driver.loop;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/**
 * What is about to happen, for people.
 *
 * @param run name
 * @param directory where everything goes
 * @param seed the run's seed
 * @param iterations length of the run
 * @param groups prompts in an iteration
 * @param groupSize images of a prompt
 * @param steps denoising steps
 * @param sampler wire name
 * @param algorithm wire name
 * @param serving where the models are served, in words
 * @param training where training happens, in words
 * @param models every model that takes part
 * @param trainPrompts prompts to train on, after the choice of categories
 * @param heldOutPrompts prompts to measure on
 * @param categories of the prompts, sorted
 * @param heldOutImages images of the evaluations before and after
 * @param resumedAt iterations already done when the run was resumed; empty for a new run
 */
public record RunPlan(
    String run,
    Path directory,
    long seed,
    int iterations,
    int groups,
    int groupSize,
    int steps,
    String sampler,
    String algorithm,
    String serving,
    String training,
    List<Model> models,
    int trainPrompts,
    int heldOutPrompts,
    List<String> categories,
    int heldOutImages,
    OptionalInt resumedAt) {
  public RunPlan {
    models = List.copyOf(models);
    categories = List.copyOf(categories);
  }

  /** The same plan for a run that goes on after so many iterations. */
  public RunPlan resumedAfter(int iterations) {
    return new RunPlan(
        run,
        directory,
        seed,
        this.iterations,
        groups,
        groupSize,
        steps,
        sampler,
        algorithm,
        serving,
        training,
        models,
        trainPrompts,
        heldOutPrompts,
        categories,
        heldOutImages,
        OptionalInt.of(iterations));
  }

  /**
   * @param role {@code generator}, {@code judge} or {@code oracle}
   * @param name Triton model name
   * @param version version that is live at the start
   * @param digest sha-256 of its weights, or empty when the server doesn't tell
   * @param note weight, question and the like; may be empty
   */
  public record Model(String role, String name, String version, String digest, String note) {}
}
