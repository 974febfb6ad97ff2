package io.rewarddance.embedded.trainer.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.rewarddance.embedded.noise.Philox;
import io.rewarddance.embedded.sampling.OdeRule;
import io.rewarddance.embedded.sampling.SamplingPlan;
import io.rewarddance.embedded.sampling.Schedule;
import io.rewarddance.embedded.trainer.TestModel;
import io.rewarddance.embedded.trainer.tensor.BoundWeights;
import io.rewarddance.embedded.trainer.tensor.ParameterLayout;
import io.rewarddance.embedded.trainer.tensor.Scopes;
import io.rewarddance.embedded.trainer.tensor.Tensors;
import io.rewarddance.embedded.trainer.tensor.TracedNetwork;
import io.rewarddance.embedded.weights.SafeTensors;
import io.rewarddance.embedded.weights.Weights;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.JitModule;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

/**
 * The judge's image gradient pushed through the generator, against one graph of both networks:
 * generator, last step, grey levels, judge, log P(yes).
 */
class ReflChainTest {
  private static final int ROWS = 2;
  private static final int SIZE = 32;
  private static final int ELEMENTS = 3 * SIZE * SIZE;
  private static final long YES = 21;
  private static final long NO = 22;
  private static final Schedule SCHEDULE = Schedule.shifted(6, 2);
  private static final long[][] TOKENS = {{1, 2, 3, 0, 0, 0, 0, 0}, {5, 4, 6, 7, 0, 0, 0, 0}};
  private static final Path GENERATOR = TestModel.versionDirectory();
  private static final Path JUDGE = GENERATOR.resolve("../../shapes_judge/1").normalize();

  @Test
  void whatIsPushedIsTheGradientOfTheWholeChain() throws Exception {
    Weights weights = SafeTensors.read(GENERATOR.resolve("weights.safetensors"));
    ParameterLayout layout = ParameterLayout.of(weights);
    try (TracedNetwork generator = TracedNetwork.read(GENERATOR.resolve("velocity.pt"));
        BoundWeights bound = new BoundWeights(layout, layout.flatten(weights), true)) {
      float[][] states = {late(generator, bound, 0), late(generator, bound, 1)};
      Chain chain = Scopes.scoped(() -> chain(generator, bound, states));
      TrainingSet set =
          new TrainingSet(
              new long[] {3, SIZE, SIZE},
              states,
              TOKENS,
              new double[ROWS],
              new float[ROWS][1],
              new SamplingPlan(SCHEDULE, new OdeRule(), 5, 1),
              Optional.of(chain.judged()));
      ReflLoss loss = new ReflLoss(set, new ReflLoss.Settings(1, GradientRule.RAW, 1, 0, 1, ROWS));
      Policies policies =
          new Policies(generator, bound.tensors(), bound.tensors(), bound.tensors());
      float[] pushed =
          Scopes.scoped(
              () -> bound.gradient(loss.term(new int[] {0, 1}, ROWS, policies, false).loss()));
      double norm = 0;
      double difference = 0;
      for (int i = 0; i < pushed.length; i++) {
        norm += (double) chain.gradient()[i] * chain.gradient()[i];
        difference += Math.pow(chain.gradient()[i] - pushed[i], 2);
      }
      assertThat(Math.sqrt(norm)).isGreaterThan(1e-2);
      assertThat(Math.sqrt(difference / norm)).isCloseTo(0, offset(1e-4));
    }
  }

  /**
   * @param gradient of the mean of -log P(yes) by the generator's weights
   * @param judged what the judge saw and its gradient by that alone
   */
  private record Chain(float[] gradient, JudgedImages judged) {}

  private static Chain chain(TracedNetwork generator, BoundWeights bound, float[][] states) {
    double sigma = SCHEDULE.sigma(5);
    Tensor x = Tensors.of(joined(states), ROWS, 3, SIZE, SIZE);
    Tensor tokens = Tensors.of(flat(TOKENS), ROWS, TOKENS[0].length);
    Tensor v =
        generator.velocity(
            x,
            Tensors.of(new float[] {(float) sigma, (float) sigma}, ROWS),
            tokens,
            bound.tensors());
    Tensor levels =
        x.sub(v.mul(new Scalar(sigma)))
            .mul(new Scalar(127.5))
            .add(new Scalar(127.5))
            .clamp(new ScalarOptional(new Scalar(0.0)), new ScalarOptional(new Scalar(255.0)));
    // What is judged are whole grey levels; the rounding is passed over.
    Tensor rounded = levels.add(levels.detach().round().sub(levels.detach()));
    Tensor alone = rounded.detach().clone();
    alone.requires_grad_(true);
    float[] byImage = new float[ROWS * ELEMENTS];
    Tensor wish = minusLogYes(alone, tokens).neg();
    Tensors.read(torch.grad(new TensorVector(wish), new TensorVector(alone)).get(0), byImage, 0);
    float[] seen = new float[ROWS * ELEMENTS];
    Tensors.read(rounded, seen, 0);
    float[] byWeights = bound.gradient(minusLogYes(rounded, tokens).div(new Scalar((double) ROWS)));
    return new Chain(byWeights, new JudgedImages(split(seen), split(byImage)));
  }

  /** Sum over the rows of -log(yes / (yes + no)); levels [n,3,H,W]. */
  private static Tensor minusLogYes(Tensor levels, Tensor tokens) {
    try {
      Weights weights = SafeTensors.read(JUDGE.resolve("weights.safetensors"));
      ParameterLayout layout = ParameterLayout.of(weights);
      Tensor[] plain = new BoundWeights(layout, layout.flatten(weights), false).tensors();
      IValue[] inputs = new IValue[2 + plain.length];
      inputs[0] = new IValue(levels.permute(0, 2, 3, 1));
      inputs[1] = new IValue(tokens);
      for (int i = 0; i < plain.length; i++) {
        inputs[2 + i] = new IValue(plain[i]);
      }
      JitModule judge = torch.load(JUDGE.resolve("pointwise.pt").toString());
      Tensor words = judge.forward(new IValueVector(inputs)).toTensor();
      Tensor odds = words.select(1, YES).sub(words.select(1, NO));
      return torch.log_sigmoid(odds).sum().neg();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The state of seed {@code row} before the last step. */
  private static float[] late(TracedNetwork generator, BoundWeights bound, int row) {
    float[] x = Philox.normals(40 + row, Philox.INITIAL_NOISE, 0, ELEMENTS);
    float[] v = new float[ELEMENTS];
    for (int step = 0; step < 5; step++) {
      float sigma = (float) SCHEDULE.sigma(step);
      Scopes.scoped(
          () -> {
            Tensor velocity =
                generator.velocity(
                    Tensors.of(x, 1, 3, SIZE, SIZE),
                    Tensors.of(new float[] {sigma}, 1),
                    Tensors.of(TOKENS[row], 1, TOKENS[row].length),
                    bound.tensors());
            Tensors.read(velocity, v, 0);
            return null;
          });
      new OdeRule().step(SCHEDULE, step).advance(x, v);
    }
    // A window has two states; the loss looks at the first.
    return Arrays.copyOf(x, 2 * ELEMENTS);
  }

  private static float[] joined(float[][] states) {
    float[] flat = new float[states.length * ELEMENTS];
    for (int r = 0; r < states.length; r++) {
      System.arraycopy(states[r], 0, flat, r * ELEMENTS, ELEMENTS);
    }
    return flat;
  }

  private static float[][] split(float[] flat) {
    float[][] rows = new float[flat.length / ELEMENTS][];
    for (int r = 0; r < rows.length; r++) {
      rows[r] = Arrays.copyOfRange(flat, r * ELEMENTS, (r + 1) * ELEMENTS);
    }
    return rows;
  }

  private static long[] flat(long[][] tokens) {
    return Arrays.stream(tokens).flatMapToLong(Arrays::stream).toArray();
  }
}
