package io.rewarddance.embedded.trainer.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.rewarddance.embedded.trainer.step.StepRunner;
import io.rewarddance.embedded.trainer.tensor.NativeTorch;
import io.rewarddance.embedded.trainer.tensor.Scopes;
import io.rewarddance.embedded.trainer.tensor.Tensors;
import java.util.function.ToDoubleFunction;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** Compares a judge's loss and its gradient with the same loss written by hand. */
final class JudgeGradients {
  private static final double STEP = 1e-6;

  private JudgeGradients() {}

  record Evaluated(double value, double[] gradient, JudgeMeasures measures) {}

  static Evaluated evaluate(JudgeLoss loss, Pairs pairs, double[] weights) {
    NativeTorch.load();
    return Scopes.scoped(
        () -> {
          Tensor[] tensors = TinyJudge.tensors(weights);
          JudgeMinibatch minibatch = TinyPairs.minibatch(pairs);
          StepRunner.Term<JudgeMeasures> term =
              loss.term(minibatch, TinyPairs.samples(pairs), tensors);
          return new Evaluated(
              term.loss().item_double(), gradient(term.loss(), tensors), term.measures());
        });
  }

  private static double[] gradient(Tensor loss, Tensor[] tensors) {
    TensorVector gradients =
        torch.grad(
            new TensorVector(loss),
            new TensorVector(tensors),
            new TensorVector(),
            new BoolOptional(),
            false,
            true);
    double[] flat = new double[TinyJudge.WEIGHTS];
    int at = 0;
    for (int i = 0; i < tensors.length; i++) {
      if (gradients.get(i).defined()) {
        double[] values = Tensors.doubles(gradients.get(i));
        System.arraycopy(values, 0, flat, at, values.length);
      }
      at += (int) tensors[i].numel();
    }
    return flat;
  }

  static void assertSame(Evaluated evaluated, double[] weights, ToDoubleFunction<double[]> byHand) {
    assertThat(evaluated.value()).isCloseTo(byHand.applyAsDouble(weights), offset(1e-9));
    for (int i = 0; i < weights.length; i++) {
      double[] up = weights.clone();
      double[] down = weights.clone();
      up[i] += STEP;
      down[i] -= STEP;
      double slope = (byHand.applyAsDouble(up) - byHand.applyAsDouble(down)) / (2 * STEP);
      assertThat(evaluated.gradient()[i])
          .as("gradient by weight %d", i)
          .isCloseTo(slope, offset(1e-7));
    }
  }
}
