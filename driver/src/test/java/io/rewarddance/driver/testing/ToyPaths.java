package io.rewarddance.driver.testing;

import io.rewarddance.driver.generate.PathGenerator;
import io.rewarddance.driver.model.Contracts;
import io.rewarddance.driver.model.Inference;
import io.rewarddance.driver.model.ServedModel;
import io.rewarddance.driver.model.ServedTensor;
import io.rewarddance.driver.triton.ErrorKind;
import io.rewarddance.driver.triton.InferAnswer;
import io.rewarddance.driver.triton.InferCall;
import io.rewarddance.driver.triton.TritonException;
import io.rewarddance.proto.tensor.DataType;
import io.rewarddance.proto.tensor.Tensor;
import io.rewarddance.proto.tensor.Tensors;
import io.rewarddance.rollout.PolicyRef;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A generator of paths whose state is one number in [0, 1): of the seed from noise, half old and
 * half of the seed when noised again, and unchanged by steps. Images are of one pixel, whose red is
 * the state. It counts the network evaluations that it was asked for.
 */
public final class ToyPaths implements Inference {
  private static final ServedModel MODEL =
      DescribedModels.withOutput(
          DescribedModels.of(Contracts.PATH_GENERATOR, "painter", 4),
          ServedTensor.of("image", DataType.UINT8, 1, 1, 3));

  /** Evaluations of all rows so far. */
  public final AtomicLong evaluations = new AtomicLong();

  /** Every call, in order. */
  public final Queue<InferCall> calls = new ConcurrentLinkedQueue<>();

  private final Function<InferCall, PolicyRef> policy;
  private final LongPredicate broken;

  /**
   * @param policy who answers a call
   * @param broken seeds whose calls fail
   */
  public ToyPaths(Function<InferCall, PolicyRef> policy, LongPredicate broken) {
    this.policy = policy;
    this.broken = broken;
  }

  public static ToyPaths sound() {
    PolicyRef one = new PolicyRef(1, "ab".repeat(32));
    return new ToyPaths(call -> one, seed -> false);
  }

  public PathGenerator generator() {
    return new PathGenerator(MODEL, this, 1);
  }

  /** The state that a seed's noise is, in [0, 1). */
  public static float noise(long seed) {
    return Math.floorMod(seed * 2654435761L >> 7, 1000) / 1000f;
  }

  @Override
  public CompletableFuture<InferAnswer> infer(InferCall call) {
    calls.add(call);
    Map<String, Tensor> inputs =
        call.inputs().stream().collect(Collectors.toMap(Tensor::name, Function.identity()));
    long[] seeds = inputs.get("seed").int64s();
    int start = value(inputs, "start_step", 0);
    int begin = value(inputs, "renoise_step", start);
    int steps = value(inputs, "steps", 0);
    evaluations.addAndGet((long) seeds.length * (value(inputs, "stop_step", steps) - begin));
    if (Arrays.stream(seeds).anyMatch(broken)) {
      return CompletableFuture.failedFuture(
          new TritonException(ErrorKind.SERVER_ERROR, "toy:1", "out of paint"));
    }
    float[] states = new float[seeds.length];
    for (int row = 0; row < seeds.length; row++) {
      float fresh = noise(seeds[row]);
      Tensor given = inputs.get("start_latent");
      float old = given == null ? fresh : given.floats()[row];
      states[row] = begin < start ? (old + fresh) / 2 : old;
    }
    return CompletableFuture.completedFuture(answer(states, steps, policy.apply(call)));
  }

  private static int value(Map<String, Tensor> inputs, String name, int otherwise) {
    return inputs.containsKey(name) ? inputs.get(name).int32s()[0] : otherwise;
  }

  private static InferAnswer answer(float[] states, int steps, PolicyRef policy) {
    int rows = states.length;
    byte[] images = new byte[rows * 3];
    float[] sigmas = new float[rows * (steps + 1)];
    for (int row = 0; row < rows; row++) {
      images[3 * row] = (byte) (states[row] * 256);
      for (int i = 0; i <= steps; i++) {
        sigmas[row * (steps + 1) + i] = 1 - (float) i / steps;
      }
    }
    String[] digests =
        IntStream.range(0, rows).mapToObj(r -> policy.digest()).toArray(String[]::new);
    long[] versions = IntStream.range(0, rows).mapToLong(r -> policy.version()).toArray();
    return new InferAnswer(
        "toy:1",
        1,
        List.of(
                Tensors.ofUint8("image", new long[] {rows, 1, 1, 3}, images),
                Tensors.ofFp32("latents", new long[] {rows, 1, 1}, states),
                Tensors.ofFp32("log_probs", new long[] {rows, 0}),
                Tensors.ofFp32("sigmas", new long[] {rows, steps + 1}, sigmas),
                Tensors.ofInt64("policy_version", new long[] {rows, 1}, versions),
                Tensors.ofStrings("policy_digest", new long[] {rows, 1}, digests))
            .stream()
            .collect(Collectors.toMap(Tensor::name, Function.identity())));
  }
}
