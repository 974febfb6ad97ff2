package io.rewarddance.embedded.trainer.update;

import io.rewarddance.embedded.noise.Philox;
import io.rewarddance.embedded.sampling.HeldFrame;
import io.rewarddance.embedded.sampling.OdeRule;
import io.rewarddance.embedded.sampling.Schedule;
import io.rewarddance.embedded.trainer.tensor.Network;
import io.rewarddance.embedded.trainer.tensor.Scopes;
import io.rewarddance.embedded.trainer.tensor.Tensors;
import io.rewarddance.rollout.Sampler;
import io.rewarddance.rollout.SamplerSettings;
import io.rewarddance.rollout.store.RolloutFile;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;

/**
 * Draws a few rollouts of a file again from their seeds and compares: whether the sampler and this
 * backend have the same network, weights, words, noise and schedule. ODE rollouts have no
 * log-probabilities that would tell.
 */
final class Replay {
  private static final int ROLLOUTS = 8;
  private static final double GREY_LEVEL = 2.0 / 255;

  private final RolloutFile file;
  private final InitialModel model;
  private final Network network;
  private final Tensor[] weights;

  /**
   * @param weights of the policy that sampled
   */
  Replay(RolloutFile file, InitialModel model, Network network, Tensor[] weights) {
    this.file = file;
    this.model = model;
    this.network = network;
    this.weights = weights;
  }

  /** Whether all of a rollout follows from its seed in a way that is known here. */
  static boolean isPossible(SamplerSettings sampler) {
    return sampler.sampler() == Sampler.ODE
        && sampler.guidance() == 1
        && sampler.records(sampler.steps());
  }

  /**
   * The largest |ratio - 1| of the first few rollouts, with ratio the density of the file's latent,
   * per element, under a Gaussian of one grey level around the latent drawn here.
   */
  double ratioDeviation() {
    int count = Math.min(ROLLOUTS, file.size());
    int elements = file.header().latentSize();
    float[] replayed = Scopes.scoped(() -> Scopes.withoutGradient(() -> draw(count, elements)));
    double largest = 0;
    for (int i = 0; i < count; i++) {
      double squares = 0;
      float[] states = file.latents(i);
      float[] clean = Arrays.copyOfRange(states, states.length - elements, states.length);
      for (int e = 0; e < elements; e++) {
        double difference = replayed[i * elements + e] - clean[e];
        squares += difference * difference;
      }
      double exponent = squares / elements / (2 * GREY_LEVEL * GREY_LEVEL);
      largest = Math.max(largest, -Math.expm1(-exponent));
    }
    return largest;
  }

  private float[] draw(int count, int elements) {
    Schedule schedule = Schedule.of(file.table().sigmas());
    float[] x = initialNoise(count, elements);
    List<Optional<HeldFrame>> held = held(count);
    put(held, x);
    float[] v = new float[x.length];
    Tensor tokens = tokens(count);
    for (int index = 0; index < schedule.steps(); index++) {
      float[] sigma = new float[count];
      Arrays.fill(sigma, (float) schedule.sigma(index));
      Tensor state = Tensors.of(x, shape(count));
      Tensors.read(network.velocity(state, Tensors.of(sigma, count), tokens, weights), v, 0);
      new OdeRule().step(schedule, index).advance(x, v);
      put(held, x);
    }
    return x;
  }

  private float[] initialNoise(int count, int elements) {
    float[] noise = new float[count * elements];
    for (int i = 0; i < count; i++) {
      float[] drawn = Philox.normals(file.table().seed()[i], Philox.INITIAL_NOISE, 0, elements);
      System.arraycopy(drawn, 0, noise, i * elements, elements);
    }
    return noise;
  }

  /** The first frames that were given: as the recorded states have them. */
  private List<Optional<HeldFrame>> held(int count) {
    List<Integer> shape = file.header().latentShape();
    int plane = shape.get(shape.size() - 2) * shape.get(shape.size() - 1);
    int elements = file.header().latentSize();
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                file.firstFrame(i)
                    .map(
                        frame ->
                            HeldFrame.of(
                                Arrays.copyOf(file.latents(i), elements), shape.get(1), plane)))
        .toList();
  }

  private static void put(List<Optional<HeldFrame>> held, float[] x) {
    int elements = x.length / held.size();
    for (int i = 0; i < held.size(); i++) {
      if (held.get(i).isPresent()) {
        float[] state = Arrays.copyOfRange(x, i * elements, (i + 1) * elements);
        held.get(i).get().put(state);
        System.arraycopy(state, 0, x, i * elements, elements);
      }
    }
  }

  private Tensor tokens(int count) {
    int words = model.tokenizer().length();
    long[] tokens = new long[count * words];
    for (int i = 0; i < count; i++) {
      long[] ids = RolloutTensors.tokens(model.tokenizer(), i, file.table().prompt()[i]);
      System.arraycopy(ids, 0, tokens, i * words, words);
    }
    return Tensors.of(tokens, count, words);
  }

  private long[] shape(int count) {
    long[] shape = new long[file.header().latentShape().size() + 1];
    shape[0] = count;
    for (int i = 1; i < shape.length; i++) {
      shape[i] = file.header().latentShape().get(i - 1);
    }
    return shape;
  }
}
