package io.rewarddance.embedded.trainer.optimizer;

import io.rewarddance.embedded.trainer.tensor.ParameterLayout;
import io.rewarddance.embedded.trainer.tensor.ParameterLayout.Parameter;
import io.rewarddance.embedded.trainer.tensor.SlicePool;
import io.rewarddance.proto.training.UpdateSettings.Optimizer;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes optimizer steps: each parameter by AdamW or, for {@code muon}, by Muon where it applies.
 */
public final class Stepper {
  private final Optimizer settings;
  private final SlicePool pool;
  private final List<Parameter> matrices = new ArrayList<>();
  private final List<Parameter> others = new ArrayList<>();

  /**
   * @throws IllegalArgumentException naming the setting that can't be
   */
  public Stepper(Optimizer settings, ParameterLayout layout, SlicePool pool) {
    this(settings, layout.parameters(), pool);
  }

  /**
   * @param parameters those that are to move
   * @throws IllegalArgumentException naming the setting that can't be
   */
  public Stepper(Optimizer settings, List<Parameter> parameters, SlicePool pool) {
    check(settings);
    this.settings = settings;
    this.pool = pool;
    for (Parameter parameter : parameters) {
      boolean muon = settings.kind().equals("muon") && MuonRule.takes(parameter);
      (muon ? matrices : others).add(parameter);
    }
  }

  /**
   * One step.
   *
   * @param weights changed in place
   * @param gradient already clipped
   * @param factor share of the peak rates
   * @return the optimizer's state after it; the old one is unchanged
   */
  public OptimizerState step(
      float[] weights, float[] gradient, OptimizerState before, double factor) {
    OptimizerState state = before.copy();
    long step = before.steps() + 1;
    AdamW adamW = new AdamW(settings);
    double rate = factor * settings.learningRate();
    for (Parameter parameter : others) {
      int from = parameter.offset();
      adamW.step(weights, gradient, state, from, from + parameter.size(), step, rate);
    }
    Muon muon = new Muon(settings);
    double muonRate = factor * settings.muonLearningRate();
    pool.map(
        matrices.size(),
        i -> {
          muon.step(weights, gradient, state, matrices.get(i), muonRate);
          return i;
        });
    return new OptimizerState(state.mean(), state.square(), state.momentum(), step);
  }

  private static void check(Optimizer settings) {
    Require.that(
        settings.kind().equals("muon") || settings.kind().equals("adamw"),
        "optimizer.kind",
        settings.kind(),
        "muon or adamw");
    positive("optimizer.learningRate", settings.learningRate());
    if (settings.kind().equals("muon")) {
      positive("optimizer.muonLearningRate", settings.muonLearningRate());
    }
    share("optimizer.beta1", settings.beta1());
    share("optimizer.beta2", settings.beta2());
    share("optimizer.muonMomentum", settings.muonMomentum());
    positive("optimizer.epsilon", settings.epsilon());
    positive("optimizer.gradientClip", settings.gradientClip());
    double decay = settings.weightDecay();
    Require.that(decay >= 0 && decay < 1e3, "optimizer.weightDecay", decay, ">= 0");
  }

  private static void positive(String name, double value) {
    Require.that(value > 0 && value < Double.POSITIVE_INFINITY, name, value, "> 0 and finite");
  }

  private static void share(String name, double value) {
    Require.that(value >= 0 && value < 1, name, value, "0 to 1, without 1");
  }
}
