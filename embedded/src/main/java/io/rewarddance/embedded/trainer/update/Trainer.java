package io.rewarddance.embedded.trainer.update;

import io.rewarddance.embedded.trainer.loss.Loss;
import io.rewarddance.embedded.trainer.loss.Measures;
import io.rewarddance.embedded.trainer.optimizer.GradientClip;
import io.rewarddance.embedded.trainer.optimizer.OptimizerState;
import io.rewarddance.embedded.trainer.optimizer.Stepper;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

/** The optimizer steps of one update; used once. */
final class Trainer {
  private final UpdatePlan plan;
  private final StepRunner runner;
  private final Stepper stepper;
  private final Progress progress;
  private final List<StepMeasures> steps = new ArrayList<>();
  private final float[] weights;
  private OptimizerState optimizer;

  /**
   * @param measures sums over the minibatch
   * @param gradientNorm before clipping
   */
  record StepMeasures(Measures measures, double gradientNorm) {}

  /**
   * @param weights where to start; copied
   */
  Trainer(
      UpdatePlan plan,
      StepRunner runner,
      Stepper stepper,
      float[] weights,
      OptimizerState optimizer,
      Progress progress) {
    this.plan = plan;
    this.runner = runner;
    this.stepper = stepper;
    this.weights = weights.clone();
    this.optimizer = optimizer;
    this.progress = progress;
  }

  /**
   * Takes all steps.
   *
   * @throws NonFiniteException when a loss, a gradient or a weight isn't finite
   * @throws CancellationException when the progress says so
   */
  void run() {
    Loss loss = plan.loss();
    int count = loss.samples() == 0 ? 0 : loss.steps();
    int[] order = plan.noise().order(loss.samples());
    for (int step = 0; step < count; step++) {
      if (progress.cancelled()) {
        throw new CancellationException("the backend is closing");
      }
      take(Minibatches.part(order, step, count), step, count);
      progress.done((step + 1.0) / count);
    }
  }

  float[] weights() {
    return weights;
  }

  OptimizerState optimizer() {
    return optimizer;
  }

  List<StepMeasures> steps() {
    return steps;
  }

  private void take(int[] minibatch, int step, int count) {
    String where = "minibatch %d of %d".formatted(step + 1, count);
    StepRunner.Result result = runner.run(weights, minibatch, step == count - 1);
    requireFinite("loss", result.measures().loss(), where);
    double norm = GradientClip.apply(result.gradient(), plan.settings().optimizer().gradientClip());
    requireFinite("gradient norm", norm, where);
    optimizer = stepper.step(weights, result.gradient(), optimizer, plan.factor());
    for (float weight : weights) {
      requireFinite("weight", weight, where);
    }
    steps.add(new StepMeasures(result.measures(), norm));
  }

  private static void requireFinite(String name, double value, String where) {
    if (!Double.isFinite(value)) {
      throw new NonFiniteException(name + ": " + value + " in " + where + " (expected: finite)");
    }
  }
}
