package io.rewarddance.embedded.trainer.update;

import io.rewarddance.embedded.trainer.loss.Loss;
import io.rewarddance.embedded.trainer.loss.Measures;
import io.rewarddance.embedded.trainer.loss.Policies;
import io.rewarddance.embedded.trainer.optimizer.OptimizerState;
import io.rewarddance.embedded.trainer.step.Descent;
import io.rewarddance.embedded.trainer.step.Minibatches;
import io.rewarddance.embedded.trainer.step.Progress;
import io.rewarddance.embedded.trainer.step.StepRunner;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

/** The optimizer steps of one update; used once. */
final class Trainer {
  private final UpdatePlan plan;
  private final Policies policies;
  private final StepRunner runner;
  private final Descent descent;
  private final Progress progress;
  private final List<StepMeasures> steps = new ArrayList<>();

  /**
   * @param measures sums over the minibatch
   * @param gradientNorm before clipping
   */
  record StepMeasures(Measures measures, double gradientNorm) {}

  Trainer(
      UpdatePlan plan, Policies policies, StepRunner runner, Descent descent, Progress progress) {
    this.plan = plan;
    this.policies = policies;
    this.runner = runner;
    this.descent = descent;
    this.progress = progress;
  }

  /**
   * Takes all steps.
   *
   * @throws io.rewarddance.embedded.trainer.step.NonFiniteException when a loss, a gradient or a
   *     weight isn't finite
   * @throws CancellationException when the progress says so
   */
  void run() {
    Loss loss = plan.loss();
    int count = loss.samples() == 0 ? 0 : loss.steps();
    int[] order = plan.noise().order(loss.samples());
    for (int step = 0; step < count; step++) {
      progress.throwIfCancelled();
      take(Minibatches.part(order, step, count), step, count);
      progress.done((step + 1.0) / count);
    }
  }

  float[] weights() {
    return descent.weights();
  }

  OptimizerState optimizer() {
    return descent.optimizer();
  }

  List<StepMeasures> steps() {
    return steps;
  }

  /** The distance to the reference is measured on the last step's first slice, weighed or not. */
  private void take(int[] minibatch, int step, int count) {
    boolean last = step == count - 1;
    StepRunner.Result<Measures> result =
        runner.run(
            descent.weights(),
            minibatch,
            (samples, slice) ->
                plan.loss().term(samples, minibatch.length, policies, last && slice == 0));
    double norm =
        descent.step(result, plan.factor(), "minibatch %d of %d".formatted(step + 1, count));
    steps.add(new StepMeasures(result.measures(), norm));
  }
}
