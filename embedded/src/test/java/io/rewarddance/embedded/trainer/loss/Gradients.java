package io.rewarddance.embedded.trainer.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.rewarddance.embedded.trainer.step.StepRunner;
import io.rewarddance.embedded.trainer.tensor.NativeTorch;
import io.rewarddance.embedded.trainer.tensor.Scopes;
import io.rewarddance.embedded.trainer.tensor.Tensors;
import java.util.function.ToDoubleFunction;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** Compares a loss and its gradient with the same loss written by hand. */
final class Gradients {
  private static final double STEP = 1e-6;

  private Gradients() {}

  /**
   * @param value loss of all samples as one minibatch
   * @param gradient by the trained weights
   */
  record Evaluated(double value, double[] gradient, Measures measures) {}

  static Evaluated evaluate(
      Loss loss, int[] samples, double[] trained, double[] sampling, double[] reference) {
    NativeTorch.load();
    return Scopes.scoped(
        () -> {
          Policies policies =
              new Policies(
                  TinyNetwork.network(),
                  TinyNetwork.tensors(trained, true),
                  TinyNetwork.tensors(sampling, false),
                  TinyNetwork.tensors(reference, false));
          StepRunner.Term<Measures> term = loss.term(samples, samples.length, policies, true);
          TensorVector gradients =
              torch.grad(new TensorVector(term.loss()), new TensorVector(policies.trained()));
          double[] flat = new double[TinyNetwork.WEIGHTS];
          int at = 0;
          for (Tensor gradient : gradients.get()) {
            double[] values = Tensors.doubles(gradient);
            System.arraycopy(values, 0, flat, at, values.length);
            at += values.length;
          }
          return new Evaluated(term.loss().item_double(), flat, term.measures());
        });
  }

  static void assertSame(Evaluated evaluated, double[] weights, ToDoubleFunction<double[]> byHand) {
    assertThat(evaluated.value()).isCloseTo(byHand.applyAsDouble(weights), offset(1e-6));
    for (int i = 0; i < weights.length; i++) {
      double[] up = weights.clone();
      double[] down = weights.clone();
      up[i] += STEP;
      down[i] -= STEP;
      double slope = (byHand.applyAsDouble(up) - byHand.applyAsDouble(down)) / (2 * STEP);
      assertThat(evaluated.gradient()[i])
          .as("gradient by weight %d", i)
          .isCloseTo(slope, offset(1e-5 * Math.max(0.1, Math.abs(slope))));
    }
  }
}
