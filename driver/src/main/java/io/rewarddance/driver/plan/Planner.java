package io.rewarddance.driver.plan;

import io.rewarddance.driver.config.RolloutConfig;
import io.rewarddance.driver.plan.Seeds.Purpose;
import io.rewarddance.rollout.GroupId;
import io.rewarddance.rollout.Prompt;
import io.rewarddance.rollout.Sampler;
import io.rewarddance.rollout.SamplerSettings;
import java.util.ArrayList;
import java.util.List;

/** Plans iterations. Pure: the same arguments always give the same plan. */
public final class Planner {
  private final long seed;
  private final RolloutConfig config;
  private final PromptOrder order;
  private final boolean lateStates;

  public Planner(long seed, RolloutConfig config, List<Prompt> prompts) {
    this(seed, config, prompts, false);
  }

  /**
   * @param lateStates whether rollouts of the ODE record the state before their last step
   */
  public Planner(long seed, RolloutConfig config, List<Prompt> prompts, boolean lateStates) {
    this.seed = seed;
    this.config = config;
    this.order = new PromptOrder(prompts, seed);
    this.lateStates = lateStates;
  }

  public IterationPlan plan(int iteration) {
    List<GroupPlan> groups = new ArrayList<>(config.groups());
    for (int g = 0; g < config.groups(); g++) {
      Prompt prompt = order.at((long) iteration * config.groups() + g);
      groups.add(new GroupPlan(new GroupId(iteration, g), prompt, seeds(iteration, g)));
    }
    long updateSeed = Seeds.derive(seed, Purpose.UPDATE, iteration);
    return new IterationPlan(iteration, sampler(iteration), updateSeed, groups);
  }

  private List<Long> seeds(int iteration, int group) {
    List<Long> seeds = new ArrayList<>(config.groupSize());
    for (int r = 0; r < config.groupSize(); r++) {
      seeds.add(Seeds.derive(seed, Purpose.ROLLOUT, iteration, group, r));
    }
    return seeds;
  }

  /** The window is one for all groups: windows of their own would make rewards incomparable. */
  private SamplerSettings sampler(int iteration) {
    int steps = steps(iteration);
    if (lateStates && config.sampler() == Sampler.ODE) {
      return settings(steps, steps - 1, 1);
    }
    int start = config.sdeStart();
    if (config.sdeStartMax().isPresent()) {
      int choices = config.sdeStartMax().getAsInt() - start + 1;
      start += Seeds.below(choices, Seeds.derive(seed, Purpose.WINDOW, iteration));
    }
    return settings(steps, start, config.sdeSteps());
  }

  private int steps(int iteration) {
    if (config.stepsMax().isEmpty()) {
      return config.steps();
    }
    int choices = config.stepsMax().getAsInt() - config.steps() + 1;
    return config.steps() + Seeds.below(choices, Seeds.derive(seed, Purpose.STEPS, iteration));
  }

  private SamplerSettings settings(int steps, int start, int window) {
    return new SamplerSettings(
        config.sampler(),
        steps,
        start,
        window,
        (float) config.noiseLevel(),
        (float) config.guidance());
  }
}
