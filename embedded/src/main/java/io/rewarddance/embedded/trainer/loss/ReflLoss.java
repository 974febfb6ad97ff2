package io.rewarddance.embedded.trainer.loss;

import io.rewarddance.embedded.trainer.loss.Policies.Inputs;
import io.rewarddance.embedded.trainer.step.StepRunner;
import io.rewarddance.embedded.trainer.tensor.Tensors;
import java.util.Arrays;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * ReFL: pushes the gradient g that judges gave by the image through the last denoising step, from
 * the state x at noise level sigma to the image's grey levels:
 *
 * <pre>
 * image(v) = clamp(127.5 (x - sigma v) + 127.5, 0, 255)
 * loss = -weight sum(g (image(v) - judged image)) + klWeight mean((v - v_ref)^2)
 * </pre>
 *
 * The first part is minus the change of log P(yes) that the judges' gradient predicts; at the
 * policy that sampled, its gradient is that of -weight log P(yes) through judge and generator, with
 * the rounding of grey levels passed over.
 */
public final class ReflLoss extends RolloutLoss {
  private static final double HALF_RANGE = 127.5;
  private static final double HIGHEST_LEVEL = 255;

  /**
   * @param weight of the judges' gradient
   * @param rule what is done to its length, rollout by rollout
   * @param norm the rule's length, nats per grey level
   * @param repeats how often each rollout is used
   * @param minibatch samples of an optimizer step, about
   */
  public record Settings(
      double weight, GradientRule rule, double norm, double klWeight, int repeats, int minibatch) {}

  private final TrainingSet set;
  private final Settings settings;

  /**
   * @param set with judged images, and the start of the last step among its states
   */
  public ReflLoss(TrainingSet set, Settings settings) {
    super(set, settings.repeats(), settings.minibatch());
    this.set = set;
    this.settings = settings;
  }

  @Override
  public StepRunner.Term<Measures> term(
      int[] samples, int minibatch, Policies policies, boolean measureKl) {
    int[] rollouts = rollouts(samples);
    Slice slice = new Slice(set, rollouts, policies.trained()[0].scalar_type());
    Inputs inputs = inputs(slice);
    Tensor velocity = policies.trainedVelocity(inputs);
    Tensor each = push(slice, rollouts, inputs, velocity);
    Tensor kl = null;
    if (settings.klWeight() > 0 || measureKl) {
      kl = Rows.meanSquare(velocity.sub(policies.referenceVelocity(inputs)));
      each = settings.klWeight() > 0 ? each.add(kl.mul(new Scalar(settings.klWeight()))) : each;
    }
    Tensor loss = each.sum().div(new Scalar((double) minibatch));
    long measured = kl == null ? 0 : samples.length;
    double klSum = kl == null ? 0 : Rows.sum(kl);
    return new StepRunner.Term<>(
        loss, new Measures(samples.length, Rows.sum(each), 0, 0, 0, 0, measured, klSum, 0));
  }

  private Inputs inputs(Slice slice) {
    int level = set.plan().schedule().steps() - 1;
    int[] states = new int[slice.size()];
    Arrays.fill(states, set.state(level));
    double[] sigmas = new double[slice.size()];
    Arrays.fill(sigmas, set.plan().schedule().sigma(level));
    return slice.inputs(slice.states(states), sigmas);
  }

  /** Minus the weighed change of log P(yes) that the gradients predict, [n, 1]. */
  private Tensor push(Slice slice, int[] rollouts, Inputs inputs, Tensor velocity) {
    ScalarType type = velocity.scalar_type();
    Tensor sigma = inputs.sigma().view(-1, 1);
    Tensor clean = inputs.x().flatten(1, -1).sub(velocity.mul(sigma));
    Tensor levels =
        clean
            .mul(new Scalar(HALF_RANGE))
            .add(new Scalar(HALF_RANGE))
            .clamp(
                new ScalarOptional(new Scalar(0.0)), new ScalarOptional(new Scalar(HIGHEST_LEVEL)));
    JudgedImages judged = set.judged().orElseThrow();
    Tensor change = levels.sub(flat(judged.levels(), rollouts, type));
    Tensor gradient = flat(judged.gradients(), rollouts, type);
    return Rows.mean(change.mul(gradient)).mul(slice.column(factors(judged, rollouts)));
  }

  /** Of each row: minus weight, rule's factor, and the elements that a mean was divided by. */
  private double[] factors(JudgedImages judged, int[] rollouts) {
    double[] factors = new double[rollouts.length];
    for (int i = 0; i < factors.length; i++) {
      double rule = settings.rule().factor(judged.gradients()[rollouts[i]], settings.norm());
      factors[i] = -settings.weight() * rule * set.elements();
    }
    return factors;
  }

  private Tensor flat(float[][] rows, int[] rollouts, ScalarType type) {
    int elements = set.elements();
    float[] values = new float[rollouts.length * elements];
    for (int i = 0; i < rollouts.length; i++) {
      System.arraycopy(rows[rollouts[i]], 0, values, i * elements, elements);
    }
    return Tensors.of(values, rollouts.length, elements).to(type);
  }
}
