package io.rewarddance.embedded.trainer.loss;

import io.rewarddance.embedded.trainer.loss.Policies.Inputs;
import io.rewarddance.embedded.trainer.step.StepRunner;
import io.rewarddance.embedded.trainer.step.UpdateNoise;
import io.rewarddance.embedded.trainer.tensor.Tensors;
import java.util.Arrays;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * DiffusionNFT: pulls the velocity towards good samples and away from bad ones at noise levels
 * drawn afresh, from clean latents x0 and advantages A alone.
 *
 * <p>With r = clip(A / scale, -1, 1) / 2 + 1/2, x = (1 - sigma) x0 + sigma noise, v+ = beta v + (1
 * - beta) v_old and v- = (1 + beta) v_old - beta v, and e the error x - sigma v - x0 of either:
 *
 * <pre>loss = (r mean(e+^2) / w+ + (1 - r) mean(e-^2) / w-) / beta + klWeight mean((v - v_ref)^2)
 * </pre>
 *
 * where w = max(mean |e|, 1e-5) has no gradient. sigma = s u / (1 + (s - 1) u) with u uniform and s
 * the sampler's shift, squeezed into (1/50, 1). The published code's constant factor of 5 is left
 * out: it only rescales the rate. At noise levels that are held ({@link Hold}) the KL term stands
 * alone, with a weight of its own.
 */
public final class NftLoss extends RolloutLoss {
  private static final double SMALLEST_SIGMA = 0.02;
  private static final double SMALLEST_ERROR = 1e-5;

  /**
   * @param repeats how often each rollout is used
   * @param hold where only the KL term counts
   * @param minibatch samples of an optimizer step, about
   * @param sigmaShift s
   */
  public record Settings(
      double beta,
      double rewardScale,
      Hold hold,
      double advantageClip,
      double klWeight,
      int repeats,
      int minibatch,
      double sigmaShift) {}

  /**
   * Low noise levels, at which the last steps draw texture that a judge of content doesn't see: the
   * reward doesn't teach there, and the KL penalty has a weight of its own.
   *
   * @param below sigma at and below which that is so; 0 = nowhere
   */
  public record Hold(double below, double klWeight) {
    /** The reward teaches everywhere. */
    public static final Hold NONE = new Hold(0, 0);

    boolean holds(double sigma) {
      return sigma <= below;
    }
  }

  private final TrainingSet set;
  private final Settings settings;
  private final UpdateNoise noise;

  public NftLoss(TrainingSet set, Settings settings, UpdateNoise noise) {
    super(set, settings.repeats(), settings.minibatch());
    this.set = set;
    this.settings = settings;
    this.noise = noise;
  }

  @Override
  public StepRunner.Term<Measures> term(
      int[] samples, int minibatch, Policies policies, boolean measureKl) {
    ScalarType type = policies.trained()[0].scalar_type();
    int[] rollouts = rollouts(samples);
    Slice slice = new Slice(set, rollouts, type);
    double[] sigmas = sigmas(samples);
    Tensor clean = slice.states(cleanStates(samples.length));
    Tensor sigma = slice.column(sigmas);
    FreeFrames free = set.free();
    Tensor noisy = free.only(clean.add(noise(samples, type).sub(clean).mul(sigma)), clean);
    Inputs inputs = slice.inputs(noisy, sigmas);
    Tensor old = free.of(policies.samplingVelocity(inputs));
    Tensor velocity = free.of(policies.trainedVelocity(inputs));
    Tensor toClean = free.of(noisy.sub(clean));
    double beta = settings.beta();
    Tensor step = velocity.sub(old).mul(new Scalar(beta));
    Tensor good = error(toClean, sigma, old.add(step));
    Tensor bad = error(toClean, sigma, old.sub(step));
    double[] taught = byLevel(sigmas, 1 / beta, 0);
    double[] share = shares(slice);
    Tensor each =
        good.mul(slice.column(products(share, taught)))
            .add(bad.mul(slice.column(products(complement(share), taught))));
    Tensor kl = null;
    double[] klWeights = byLevel(sigmas, settings.klWeight(), settings.hold().klWeight());
    boolean weighs = Arrays.stream(klWeights).anyMatch(weight -> weight > 0);
    if (weighs || measureKl) {
      kl = Rows.meanSquare(velocity.sub(free.of(policies.referenceVelocity(inputs))));
      each = weighs ? each.add(kl.mul(slice.column(klWeights))) : each;
    }
    Tensor loss = each.sum().div(new Scalar((double) minibatch));
    return new StepRunner.Term<>(
        loss, measures(each, kl, Rows.meanSquare(velocity.detach().sub(old))));
  }

  /** The weighted mean squared error of the clean latent that a velocity predicts, [n, 1]. */
  private static Tensor error(Tensor toClean, Tensor sigma, Tensor velocity) {
    Tensor error = toClean.sub(velocity.mul(sigma));
    Tensor weight = Rows.mean(error.detach().abs()).clamp_min(new Scalar(SMALLEST_ERROR));
    return Rows.meanSquare(error).div(weight);
  }

  private static Measures measures(Tensor each, Tensor kl, Tensor distance) {
    long count = each.size(0);
    return new Measures(
        count,
        Rows.sum(each),
        0,
        0,
        0,
        0,
        kl == null ? 0 : count,
        kl == null ? 0 : Rows.sum(kl),
        Rows.sum(distance));
  }

  private int[] cleanStates(int count) {
    int[] states = new int[count];
    Arrays.fill(states, set.state(set.plan().schedule().steps()));
    return states;
  }

  private double[] sigmas(int[] samples) {
    double shift = settings.sigmaShift();
    double[] sigmas = new double[samples.length];
    for (int i = 0; i < samples.length; i++) {
      double u = noise.uniform(samples[i]);
      double shifted = shift * u / (1 + (shift - 1) * u);
      sigmas[i] = SMALLEST_SIGMA + (1 - SMALLEST_SIGMA) * shifted;
    }
    return sigmas;
  }

  private Tensor noise(int[] samples, ScalarType type) {
    int elements = set.elements();
    float[] values = new float[samples.length * elements];
    for (int i = 0; i < samples.length; i++) {
      System.arraycopy(noise.normals(samples[i], elements), 0, values, i * elements, elements);
    }
    return Tensors.of(values, samples.length, elements).to(type);
  }

  /** r of each row. */
  private double[] shares(Slice slice) {
    double[] shares = slice.advantages(settings.advantageClip());
    for (int i = 0; i < shares.length; i++) {
      shares[i] = Math.max(-1, Math.min(1, shares[i] / settings.rewardScale())) / 2 + 0.5;
    }
    return shares;
  }

  private static double[] complement(double[] shares) {
    double[] rest = shares.clone();
    for (int i = 0; i < rest.length; i++) {
      rest[i] = 1 - rest[i];
    }
    return rest;
  }

  /** One number above the level below which the policy is held, another at and below it. */
  private double[] byLevel(double[] sigmas, double above, double held) {
    double[] values = new double[sigmas.length];
    for (int i = 0; i < sigmas.length; i++) {
      values[i] = settings.hold().holds(sigmas[i]) ? held : above;
    }
    return values;
  }

  private static double[] products(double[] values, double[] factors) {
    double[] products = values.clone();
    for (int i = 0; i < products.length; i++) {
      products[i] *= factors[i];
    }
    return products;
  }
}
