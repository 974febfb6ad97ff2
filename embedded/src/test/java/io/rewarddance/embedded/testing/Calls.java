package io.rewarddance.embedded.testing;

import io.rewarddance.embedded.model.InferCall;
import io.rewarddance.embedded.model.InferResult;
import io.rewarddance.proto.tensor.Tensor;
import io.rewarddance.proto.tensor.Tensors;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** Builds calls as the server hands them over. */
public final class Calls {
  private static final Set<String> GENERATOR_OUTPUTS =
      Set.of("image", "latents", "log_probs", "sigmas", "policy_version", "policy_digest");

  private final Map<String, Tensor> inputs = new HashMap<>();
  private Set<String> outputs = GENERATOR_OUTPUTS;
  private BooleanSupplier cancelled = () -> false;

  private Calls() {}

  /** An ODE of six steps for each prompt. */
  public static Calls generator(String[] prompts, long... seeds) {
    int rows = prompts.length;
    return new Calls()
        .with(Tensors.ofStrings("prompt", new long[] {rows, 1}, prompts))
        .with(Tensors.ofInt64("seed", new long[] {rows, 1}, seeds))
        .with(ints("steps", rows, 6))
        .with(ints("sde_start", rows, 0))
        .with(ints("sde_steps", rows, 0))
        .with(floats("noise_level", rows, 0.7f))
        .with(floats("guidance", rows, 1))
        .with(texts("sampler", rows, "ode"))
        .with(longs("policy_version", rows, -1));
  }

  /** The same settings with a window of noise. */
  public Calls window(String sampler, int start, int steps) {
    int rows = rows();
    return with(texts("sampler", rows, sampler))
        .with(ints("sde_start", rows, start))
        .with(ints("sde_steps", rows, steps));
  }

  public static Calls judge(String[] prompts, byte[] images) {
    int rows = prompts.length;
    return new Calls()
        .with(Tensors.ofStrings("prompt", new long[] {rows, 1}, prompts))
        .with(texts("instruction", rows, ""))
        .with(images("image", rows, images))
        .with(ints("max_reason_tokens", rows, 0));
  }

  public static Calls oracle(String[] prompts, byte[] images) {
    return new Calls()
        .with(Tensors.ofStrings("prompt", new long[] {prompts.length, 1}, prompts))
        .with(images("image", prompts.length, images));
  }

  public Calls with(Tensor tensor) {
    inputs.put(tensor.name(), tensor);
    return this;
  }

  public Calls without(String name) {
    inputs.remove(name);
    return this;
  }

  /** Names the outputs that are wanted. */
  public Calls asking(String... names) {
    outputs = Set.of(names);
    return this;
  }

  public Calls cancelledWhen(BooleanSupplier condition) {
    cancelled = condition;
    return this;
  }

  public int rows() {
    return (int) inputs.get("prompt").dimension(0);
  }

  public InferCall call() {
    return new InferCall("", inputs, outputs, cancelled);
  }

  public static Tensor images(String name, int rows, byte[] images) {
    return Tensors.ofUint8(name, new long[] {rows, 32, 32, 3}, images);
  }

  public static Tensor ints(String name, int rows, int value) {
    int[] values = new int[rows];
    Arrays.fill(values, value);
    return Tensors.ofInt32(name, new long[] {rows, 1}, values);
  }

  public static Tensor longs(String name, int rows, long value) {
    long[] values = new long[rows];
    Arrays.fill(values, value);
    return Tensors.ofInt64(name, new long[] {rows, 1}, values);
  }

  public static Tensor floats(String name, int rows, float value) {
    float[] values = new float[rows];
    Arrays.fill(values, value);
    return Tensors.ofFp32(name, new long[] {rows, 1}, values);
  }

  public static Tensor texts(String name, int rows, String value) {
    String[] values = new String[rows];
    Arrays.fill(values, value);
    return Tensors.ofStrings(name, new long[] {rows, 1}, values);
  }

  /** The outputs of a result that must be a success. */
  public static Map<String, Tensor> outputs(InferResult result) {
    if (result instanceof InferResult.Success success) {
      return success.outputs();
    }
    throw new AssertionError("expected an answer, was " + result);
  }

  /** The failure that a result must be. */
  public static InferResult.Failure failure(InferResult result) {
    if (result instanceof InferResult.Failure failure) {
      return failure;
    }
    throw new AssertionError("expected a failure, was an answer");
  }
}
