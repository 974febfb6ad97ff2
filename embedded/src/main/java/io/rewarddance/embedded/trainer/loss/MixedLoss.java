package io.rewarddance.embedded.trainer.loss;

import io.rewarddance.embedded.trainer.step.StepRunner;
import java.util.Arrays;

/**
 * An algorithm's own loss and ReFL's on the same rollouts, added up: whatever sample the first is
 * at, its rollout's image gradient is pushed as well.
 */
public final class MixedLoss implements Loss {
  private final Loss main;
  private final ReflLoss refl;

  /**
   * @param refl of the same set, each rollout once
   */
  public MixedLoss(Loss main, ReflLoss refl) {
    this.main = main;
    this.refl = refl;
  }

  @Override
  public int samples() {
    return main.samples();
  }

  @Override
  public int steps() {
    return main.steps();
  }

  @Override
  public int rollout(int sample) {
    return main.rollout(sample);
  }

  /** The measures are the main loss' own, but for the loss, which is the sum. */
  @Override
  public StepRunner.Term<Measures> term(
      int[] samples, int minibatch, Policies policies, boolean measureKl) {
    StepRunner.Term<Measures> own = main.term(samples, minibatch, policies, measureKl);
    int[] rollouts = Arrays.stream(samples).map(main::rollout).toArray();
    StepRunner.Term<Measures> pushed = refl.term(rollouts, minibatch, policies, false);
    return new StepRunner.Term<>(
        own.loss().add(pushed.loss()), own.measures().plusLoss(pushed.measures().loss()));
  }
}
