package io.rewarddance.embedded.trainer.loss;

import io.rewarddance.embedded.sampling.Step;
import io.rewarddance.embedded.trainer.loss.Policies.Inputs;
import io.rewarddance.embedded.trainer.step.StepRunner;
import io.rewarddance.embedded.trainer.tensor.Tensors;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * GRPO on the stochastic steps of a trajectory. A sample is a pair of a rollout and a step of its
 * window. With ratio = exp(logProb - samplingLogProb), both means over the elements, and A clamped:
 *
 * <pre>loss = max(-A ratio, -A clip(ratio, 1 - clipLow, 1 + clipHigh)) + klWeight kl</pre>
 */
public final class GrpoLoss implements Loss {
  /**
   * @param steps optimizer steps over the shuffled samples
   */
  public record Settings(
      double clipLow,
      double clipHigh,
      double advantageClip,
      double klWeight,
      KlEstimator klEstimator,
      int steps) {}

  private final TrainingSet set;
  private final Settings settings;

  public GrpoLoss(TrainingSet set, Settings settings) {
    this.set = set;
    this.settings = settings;
  }

  @Override
  public int samples() {
    return set.size() * set.window();
  }

  @Override
  public int steps() {
    return Math.max(1, Math.min(settings.steps(), samples()));
  }

  @Override
  public int rollout(int sample) {
    return sample / set.window();
  }

  @Override
  public StepRunner.Term<Measures> term(
      int[] samples, int minibatch, Policies policies, boolean measureKl) {
    Pairs pairs = new Pairs(samples);
    Slice slice = new Slice(set, pairs.rollout, policies.trained()[0].scalar_type());
    FreeFrames free = set.free();
    Tensor state = slice.states(pairs.state);
    Inputs inputs = slice.inputs(state, pairs.sigma);
    Transitions transitions =
        new Transitions(
            slice, free.of(state), free.of(slice.states(pairs.nextState())), pairs.step);
    Tensor mean = transitions.mean(free.of(policies.trainedVelocity(inputs)));
    Tensor logProb = transitions.logProb(mean);
    Tensor ratio = logProb.sub(slice.exactColumn(pairs.samplingLogProb)).exp();
    Tensor each = clipped(ratio, slice.exactColumn(slice.advantages(settings.advantageClip())));
    Tensor kl = null;
    if (settings.klWeight() > 0 || measureKl) {
      Tensor reference = transitions.mean(free.of(policies.referenceVelocity(inputs)));
      kl =
          settings
              .klEstimator()
              .estimate(
                  transitions.halfSquareDistance(mean, reference),
                  logProb.sub(transitions.logProb(reference)));
      each = settings.klWeight() > 0 ? each.add(kl.mul(new Scalar(settings.klWeight()))) : each;
    }
    Tensor loss = each.sum().div(new Scalar((double) minibatch));
    return new StepRunner.Term<>(loss, measures(each, ratio, kl));
  }

  private Tensor clipped(Tensor ratio, Tensor advantages) {
    Tensor within =
        ratio.clamp(
            new ScalarOptional(new Scalar(1 - settings.clipLow())),
            new ScalarOptional(new Scalar(1 + settings.clipHigh())));
    return torch.maximum(ratio.mul(advantages).neg(), within.mul(advantages).neg());
  }

  private Measures measures(Tensor each, Tensor ratio, Tensor kl) {
    double sum = 0;
    double deviation = 0;
    long low = 0;
    long high = 0;
    double[] ratios = Tensors.doubles(ratio);
    for (double value : ratios) {
      sum += value;
      deviation = Math.max(deviation, Math.abs(value - 1));
      low += value < 1 - settings.clipLow() ? 1 : 0;
      high += value > 1 + settings.clipHigh() ? 1 : 0;
    }
    long measured = kl == null ? 0 : ratios.length;
    double klSum = kl == null ? 0 : Rows.sum(kl);
    return new Measures(
        ratios.length, Rows.sum(each), sum, deviation, low, high, measured, klSum, 0);
  }

  /** The samples of a slice, column by column. */
  private final class Pairs {
    final int[] rollout;
    final int[] state;
    final double[] sigma;
    final double[] samplingLogProb;
    final Step[] step;

    Pairs(int[] samples) {
      rollout = new int[samples.length];
      state = new int[samples.length];
      sigma = new double[samples.length];
      samplingLogProb = new double[samples.length];
      step = new Step[samples.length];
      for (int i = 0; i < samples.length; i++) {
        rollout[i] = rollout(samples[i]);
        state[i] = samples[i] % set.window();
        sigma[i] = set.sigma(state[i]);
        samplingLogProb[i] = set.logProbs()[rollout[i]][state[i]];
        step[i] = set.step(state[i]);
      }
    }

    int[] nextState() {
      int[] next = state.clone();
      for (int i = 0; i < next.length; i++) {
        next[i]++;
      }
      return next;
    }
  }
}
