package io.rewarddance.embedded.model.generator;

import io.rewarddance.embedded.model.InferCall;
import io.rewarddance.embedded.model.InferResult;
import io.rewarddance.proto.tensor.DataType;
import io.rewarddance.proto.tensor.Tensor;
import io.rewarddance.proto.tensor.Tensors;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The outputs of one call, filled row by row; rows may be filled by different threads at once.
 * Latents and samples are written where they are sent from.
 */
final class Answer {
  private final InferCall call;
  private final GeneratorRequest request;
  private final SampleShape shape;
  private final int states;
  private final byte[] samples;
  private final ByteBuffer latents;
  private final float[] logProbs;

  Answer(InferCall call, GeneratorRequest request, GeneratorSettings settings) {
    this.call = call;
    this.request = request;
    this.shape = settings.shape();
    int rows = request.rows().size();
    int window = request.plan().sdeSteps();
    this.states = window == 0 ? 1 : window + 1;
    this.samples = new byte[call.wants(shape.tensor()) ? rows * shape.elements() : 0];
    long latentBytes = (long) rows * states * shape.elements() * Float.BYTES;
    this.latents =
        ByteBuffer.allocate(call.wants("latents") ? Math.toIntExact(latentBytes) : 0)
            .order(ByteOrder.LITTLE_ENDIAN);
    this.logProbs = new float[rows * window];
  }

  /**
   * Stores the latent at edge {@code state} of a row's window; edge 0 is the final latent if there
   * is no window.
   */
  void putLatent(int row, int state, float[] latent) {
    if (latents.capacity() > 0) {
      int at = (row * states + state) * latent.length * Float.BYTES;
      latents
          .slice(at, latent.length * Float.BYTES)
          .order(ByteOrder.LITTLE_ENDIAN)
          .asFloatBuffer()
          .put(latent);
    }
  }

  /** Stores a window step's log-probability; a step that draws nothing keeps its 0. */
  void putLogProb(int row, int windowStep, double logProb) {
    logProbs[row * request.plan().sdeSteps() + windowStep] = (float) logProb;
  }

  /** Stores the image or video of a row's final latent. */
  void putSample(int row, float[] latent) {
    if (samples.length > 0) {
      Pixels.write(latent, samples, row * latent.length);
    }
  }

  InferResult result(long version, String digest) {
    Map<String, Tensor> outputs = new HashMap<>();
    int rows = request.rows().size();
    if (samples.length > 0) {
      add(outputs, Tensors.ofUint8(shape.tensor(), shape.sample(rows), samples));
    }
    if (latents.capacity() > 0) {
      add(
          outputs,
          Tensor.of("latents", DataType.FP32, shape.latent(rows, states), latents.rewind()));
    }
    int window = request.plan().sdeSteps();
    add(outputs, Tensors.ofFp32("log_probs", new long[] {rows, window}, logProbs));
    add(outputs, sigmas(rows));
    add(outputs, Tensors.ofInt64("policy_version", new long[] {rows, 1}, filled(rows, version)));
    String[] digests = new String[rows];
    Arrays.fill(digests, digest);
    add(outputs, Tensors.ofStrings("policy_digest", new long[] {rows, 1}, digests));
    return new InferResult.Success(outputs);
  }

  private void add(Map<String, Tensor> outputs, Tensor tensor) {
    if (call.wants(tensor.name())) {
      outputs.put(tensor.name(), tensor);
    }
  }

  private Tensor sigmas(int rows) {
    float[] levels = request.plan().schedule().sigmas();
    float[] all = new float[rows * levels.length];
    for (int row = 0; row < rows; row++) {
      System.arraycopy(levels, 0, all, row * levels.length, levels.length);
    }
    return Tensors.ofFp32("sigmas", new long[] {rows, levels.length}, all);
  }

  private static long[] filled(int count, long value) {
    long[] values = new long[count];
    Arrays.fill(values, value);
    return values;
  }
}
