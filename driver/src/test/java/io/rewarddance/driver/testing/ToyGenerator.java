package io.rewarddance.driver.testing;

import io.rewarddance.driver.model.Inference;
import io.rewarddance.driver.model.ServedModel;
import io.rewarddance.driver.triton.ErrorKind;
import io.rewarddance.driver.triton.InferAnswer;
import io.rewarddance.driver.triton.InferCall;
import io.rewarddance.driver.triton.TritonException;
import io.rewarddance.proto.tensor.Tensor;
import io.rewarddance.proto.tensor.Tensors;
import io.rewarddance.rollout.Image;
import io.rewarddance.rollout.PolicyRef;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A generator whose 2x2 images and latents depend on weights, prompt and seed, and nothing else.
 */
public final class ToyGenerator implements Inference {
  /** Batches of at most four. */
  public static final ServedModel MODEL =
      DescribedGenerator.of("generator", 4, List.of(2L, 2L, 3L), List.of(-1L, 4L));

  /** Every call, in order. */
  public final Queue<InferCall> calls = new ConcurrentLinkedQueue<>();

  private final PolicyRef policy;
  private final Set<Long> broken = new HashSet<>();

  public ToyGenerator(PolicyRef policy) {
    this.policy = policy;
  }

  /** A call with this seed in it fails. */
  public ToyGenerator failingOn(long seed) {
    broken.add(seed);
    return this;
  }

  @Override
  public CompletableFuture<InferAnswer> infer(InferCall call) {
    calls.add(call);
    Map<String, Tensor> inputs =
        call.inputs().stream().collect(Collectors.toMap(Tensor::name, Function.identity()));
    if (Arrays.stream(inputs.get("seed").int64s()).anyMatch(broken::contains)) {
      return CompletableFuture.failedFuture(
          new TritonException(ErrorKind.SERVER_ERROR, "toy:1", "out of paint"));
    }
    Map<String, Tensor> outputs =
        outputs(inputs, policy, policy.digest()).stream()
            .filter(output -> call.outputs().contains(output.name()))
            .collect(Collectors.toMap(Tensor::name, Function.identity()));
    return CompletableFuture.completedFuture(new InferAnswer("toy:1", 1, outputs));
  }

  /** The image that weights draw. */
  public static Image image(String weights, String prompt, long seed) {
    byte[] rgb = new byte[12];
    random(weights, prompt, seed).nextBytes(rgb);
    return Image.of(2, 2, rgb);
  }

  private static Random random(String weights, String prompt, long seed) {
    return new Random(Objects.hash(weights, prompt, seed));
  }

  /**
   * The answer of an ODE call.
   *
   * @param weights what the drawing depends on
   */
  public static List<Tensor> outputs(Map<String, Tensor> inputs, PolicyRef policy, String weights) {
    List<String> prompts = inputs.get("prompt").strings();
    long[] seeds = inputs.get("seed").int64s();
    int rows = seeds.length;
    int steps = inputs.get("steps").int32s()[0];
    byte[] images = new byte[rows * 12];
    float[] latents = new float[rows * 4];
    float[] sigmas = new float[rows * (steps + 1)];
    for (int row = 0; row < rows; row++) {
      byte[] rgb = image(weights, prompts.get(row), seeds[row]).rgb();
      System.arraycopy(rgb, 0, images, row * 12, 12);
      Random random = random(weights, prompts.get(row), seeds[row]);
      for (int i = 0; i < 4; i++) {
        latents[row * 4 + i] = (float) random.nextGaussian();
      }
      for (int i = 0; i <= steps; i++) {
        sigmas[row * (steps + 1) + i] = 1 - (float) i / steps;
      }
    }
    long[] versions = new long[rows];
    Arrays.fill(versions, policy.version());
    String[] digests = new String[rows];
    Arrays.fill(digests, policy.digest());
    return List.of(
        Tensors.ofUint8("image", new long[] {rows, 2, 2, 3}, images),
        Tensors.ofFp32("latents", new long[] {rows, 1, 4}, latents),
        Tensors.ofFp32("log_probs", new long[] {rows, 0}),
        Tensors.ofFp32("sigmas", new long[] {rows, steps + 1}, sigmas),
        Tensors.ofInt64("policy_version", new long[] {rows, 1}, versions),
        Tensors.ofStrings("policy_digest", new long[] {rows, 1}, digests));
  }
}
