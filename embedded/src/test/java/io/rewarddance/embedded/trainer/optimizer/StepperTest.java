package io.rewarddance.embedded.trainer.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import io.rewarddance.embedded.trainer.tensor.NativeTorch;
import io.rewarddance.embedded.trainer.tensor.ParameterLayout;
import io.rewarddance.embedded.trainer.tensor.ParameterLayout.Parameter;
import io.rewarddance.embedded.trainer.tensor.Scopes;
import io.rewarddance.embedded.trainer.tensor.SlicePool;
import io.rewarddance.embedded.trainer.tensor.Tensors;
import io.rewarddance.embedded.weights.WeightTensor;
import io.rewarddance.embedded.weights.Weights;
import io.rewarddance.proto.training.UpdateSettings.Optimizer;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StepperTest {
  private static final double RATE = 0.01;
  private static final double MUON_RATE = 0.02;
  private static final double DECAY = 0.1;
  private final ParameterLayout layout = layout();
  private final float[] start = random(layout.size(), 1);
  private final float[] gradient = random(layout.size(), 2);

  @Test
  void adamWsFirstStepsAreAsByHand() {
    float[] weights = start.clone();
    OptimizerState state = step(adamw(), weights, OptimizerState.zero(layout.size()));
    step(adamw(), weights, state);
    for (int i = 0; i < weights.length; i++) {
      // With one and the same gradient, bias-corrected mean and square are g and g^2.
      double step = RATE * gradient[i] / (Math.abs(gradient[i]) + 1e-8);
      double once = start[i] * (1 - RATE * DECAY) - step;
      assertThat(weights[i]).isCloseTo((float) (once * (1 - RATE * DECAY) - step), offset(1e-5f));
    }
    assertThat(state.steps()).isEqualTo(1);
    assertThat(state.momentum()).containsOnly(0);
  }

  @Test
  void aStepLeavesTheOldStateAlone() {
    OptimizerState before = OptimizerState.zero(layout.size());
    step(muon(), start.clone(), before);
    assertThat(before.mean()).containsOnly(0);
    assertThat(before.momentum()).containsOnly(0);
    assertThat(before.steps()).isZero();
  }

  @Test
  void muonsStepIsTheOrthogonalisedMomentum() {
    float[] weights = start.clone();
    step(muon(), weights, OptimizerState.zero(layout.size()));
    assertMuon(weights, "blocks.0.f1.weight", 64, 16, 1);
    assertMuon(weights, "blocks.0.f2.weight", 16, 64, 1);
    assertMuon(weights, "blocks.0.qkv.weight", 48, 16, 3);
  }

  @Test
  void muonTakesTheBlocksMatricesAndAdamWTheRest() {
    float[] weights = start.clone();
    OptimizerState state = step(muon(), weights, OptimizerState.zero(layout.size()));
    for (Parameter parameter : layout.parameters()) {
      boolean muon = parameter.name().endsWith(".weight") && parameter.name().startsWith("blocks");
      assertThat(state.momentum()[parameter.offset()] != 0).as(parameter.name()).isEqualTo(muon);
      assertThat(state.square()[parameter.offset()] != 0).isEqualTo(!muon);
    }
  }

  @ParameterizedTest
  @CsvSource({"16, 16", "16, 64", "64, 16", "96, 40"})
  void everyDirectionComesOutWithAboutTheSameLength(int rows, int columns) {
    NativeTorch.load();
    float[] values = random(rows * columns, 3);
    float[] result = new float[values.length];
    Scopes.scoped(
        () -> {
          Tensors.read(NewtonSchulz.orthogonalise(Tensors.of(values, rows, columns)), result, 0);
          return null;
        });
    double[][] matrix = Matrices.of(result, 0, rows, columns);
    double[][] wide = rows > columns ? Matrices.transpose(matrix) : matrix;
    Random random = new Random(4);
    for (int i = 0; i < 100; i++) {
      double[][] unit = {random.doubles(wide.length, -1, 1).toArray()};
      double length = Matrices.norm(Matrices.times(unit, wide)) / Matrices.norm(unit);
      assertThat(length).isBetween(0.6, 1.25);
    }
  }

  @Test
  void theGradientIsScaledToTheLargestNorm() {
    float[] clipped = {3, 4};
    assertThat(GradientClip.apply(clipped, 1)).isEqualTo(5);
    assertThat(clipped[0]).isCloseTo(0.6f, offset(1e-6f));
    assertThat(clipped[1]).isCloseTo(0.8f, offset(1e-6f));
    float[] small = {0.3f, 0.4f};
    GradientClip.apply(small, 1);
    assertThat(small).containsExactly(0.3f, 0.4f);
    assertThat(GradientClip.apply(new float[] {1, Float.NaN}, 1)).isNaN();
  }

  @ParameterizedTest
  @CsvSource({
    "sgd, 1, 1, 0.9, 1e-8, 1, optimizer.kind: sgd",
    "adamw, 0, 1, 0.9, 1e-8, 1, optimizer.learningRate: 0",
    "adamw, NaN, 1, 0.9, 1e-8, 1, optimizer.learningRate: NaN",
    "muon, 1, 0, 0.9, 1e-8, 1, optimizer.muonLearningRate: 0",
    "adamw, 1, 0, 1, 1e-8, 1, optimizer.beta1: 1",
    "adamw, 1, 0, 0.9, 0, 1, optimizer.epsilon: 0",
    "adamw, 1, 0, 0.9, 1e-8, 0, optimizer.gradientClip: 0",
  })
  void whatCantBeIsNamed(
      String kind,
      double rate,
      double muonRate,
      double beta1,
      double epsilon,
      double clip,
      String message) {
    Optimizer settings = new Optimizer(kind, rate, muonRate, beta1, 0.98, epsilon, 0, 0.95, clip);
    assertThatThrownBy(() -> new Stepper(settings, layout, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }

  private void assertMuon(float[] weights, String name, int rows, int columns, int parts) {
    Parameter parameter =
        layout.parameters().stream().filter(p -> p.name().equals(name)).findFirst().orElseThrow();
    int partRows = rows / parts;
    double scale = MUON_RATE * Math.sqrt(Math.max(1, partRows / (double) columns));
    for (int part = 0; part < parts; part++) {
      int offset = parameter.offset() + part * partRows * columns;
      // First step: momentum 0.05 g, and Nesterov's look-ahead 0.05 g + 0.95 * 0.05 g.
      double[][] direction =
          Matrices.orthogonalised(Matrices.of(gradient, offset, partRows, columns));
      for (int i = 0; i < partRows * columns; i++) {
        double expected =
            start[offset + i] * (1 - MUON_RATE * DECAY)
                - scale * direction[i / columns][i % columns];
        assertThat(weights[offset + i]).isCloseTo((float) expected, offset(2e-5f));
      }
    }
  }

  private OptimizerState step(Optimizer settings, float[] weights, OptimizerState state) {
    try (SlicePool pool = new SlicePool(2)) {
      return new Stepper(settings, layout, pool).step(weights, gradient, state, 1);
    }
  }

  private static Optimizer adamw() {
    return new Optimizer("adamw", RATE, MUON_RATE, 0.9, 0.98, 1e-8, DECAY, 0.95, 1);
  }

  private static Optimizer muon() {
    return new Optimizer("muon", RATE, MUON_RATE, 0.9, 0.98, 1e-8, DECAY, 0.95, 1);
  }

  private static ParameterLayout layout() {
    TreeMap<String, WeightTensor> tensors = new TreeMap<>();
    add(tensors, "blocks.0.dw.kernel", 16, 1, 3, 3);
    add(tensors, "blocks.0.f1.bias", 64);
    add(tensors, "blocks.0.f1.weight", 64, 16);
    add(tensors, "blocks.0.f2.weight", 16, 64);
    add(tensors, "blocks.0.qkv.weight", 48, 16);
    add(tensors, "blocks.0.tab", 6, 16);
    add(tensors, "inp.weight", 16, 48);
    return ParameterLayout.of(new Weights(tensors, new TreeMap<>()));
  }

  private static void add(TreeMap<String, WeightTensor> tensors, String name, long... shape) {
    tensors.put(name, new WeightTensor(shape, new float[(int) WeightTensor.elements(shape)]));
  }

  private static float[] random(int size, int seed) {
    Random random = new Random(seed);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
