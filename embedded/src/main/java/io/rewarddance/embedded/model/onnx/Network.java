package io.rewarddance.embedded.model.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxTensorLike;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.rewarddance.embedded.model.ModelLoadException;
import io.rewarddance.embedded.weights.WeightTensor;
import io.rewarddance.embedded.weights.Weights;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A graph with its weights, opened for runs of exactly {@code rows} rows. Thread-safe.
 *
 * <p>Weights are handed to the session from memory. Left to itself ONNX Runtime maps the weight
 * file, and a later change of the file would change the answers under an unchanged digest.
 */
public final class Network implements AutoCloseable {
  private static final String BATCH_DIMENSION = "batch";

  private final OrtSession session;
  private final int rows;
  private final Map<String, TensorInfo> inputs;
  private final Map<String, TensorInfo> outputs;
  private final ConcurrentLinkedQueue<Lane> idle = new ConcurrentLinkedQueue<>();

  private Network(OrtSession session, int rows) throws OrtException {
    this.session = session;
    this.rows = rows;
    this.inputs = infos(session.getInputInfo());
    this.outputs = infos(session.getOutputInfo());
  }

  /**
   * @param graph file whose external initializers are named as the weights are
   * @param rows batch size of every run
   * @throws ModelLoadException naming the file, or the weight that is missing
   */
  public static Network open(Path graph, Weights weights, int rows) throws ModelLoadException {
    Map<String, OnnxTensorLike> initializers = new LinkedHashMap<>();
    try (OrtSession.SessionOptions options = options(rows)) {
      byte[] model = Files.readAllBytes(graph);
      for (Map.Entry<String, long[]> entry : GraphFile.externalInitializers(model).entrySet()) {
        String name = entry.getKey();
        initializers.put(name, initializer(name, entry.getValue(), weights));
      }
      options.addExternalInitializers(initializers);
      return new Network(Environment.get().createSession(model, options), rows);
    } catch (OrtException | IOException | IllegalArgumentException e) {
      throw new ModelLoadException("can't open " + graph + ": " + e.getMessage(), e);
    } finally {
      initializers.values().forEach(OnnxTensorLike::close);
    }
  }

  private static OrtSession.SessionOptions options(int rows) throws OrtException {
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.setIntraOpNumThreads(1);
    options.setInterOpNumThreads(1);
    options.setSymbolicDimensionValue(BATCH_DIMENSION, rows);
    return options;
  }

  private static OnnxTensor initializer(String name, long[] shape, Weights weights)
      throws OrtException {
    WeightTensor weight = weights.tensors().get(name);
    if (weight == null || !Arrays.equals(weight.shape(), shape)) {
      throw new IllegalArgumentException(
          "weight '%s': %s (expected: shape %s)"
              .formatted(
                  name,
                  weight == null ? "missing" : Arrays.toString(weight.shape()),
                  Arrays.toString(shape)));
    }
    FloatBuffer values = DirectBuffers.floats(weight.values().length).put(weight.values()).flip();
    return OnnxTensor.createTensor(Environment.get(), values, weight.shape());
  }

  private static Map<String, TensorInfo> infos(Map<String, NodeInfo> nodes) {
    Map<String, TensorInfo> infos = new LinkedHashMap<>();
    nodes.forEach((name, node) -> infos.put(name, (TensorInfo) node.getInfo()));
    return infos;
  }

  /**
   * @throws ModelLoadException when the graph has no such input or output
   */
  public Network require(String name, OnnxJavaType type, long... rowShape)
      throws ModelLoadException {
    TensorInfo info = inputs.getOrDefault(name, outputs.get(name));
    long[] shape = new long[rowShape.length + 1];
    shape[0] = rows;
    System.arraycopy(rowShape, 0, shape, 1, rowShape.length);
    if (info == null || info.type != type || !Arrays.equals(info.getShape(), shape)) {
      close();
      throw new ModelLoadException(
          "graph tensor '%s': %s (expected: %s %s)"
              .formatted(name, info, type, Arrays.toString(shape)));
    }
    return this;
  }

  /** Rows of every run. */
  public int rows() {
    return rows;
  }

  /** Buffers for a run, to be given back by closing the loan. */
  public Lane.Loan borrow() throws OrtException {
    Lane lane = idle.poll();
    return new Lane.Loan(lane != null ? lane : new Lane(session, inputs, outputs), idle::add);
  }

  /** Frees the session and all lanes; none may be on loan. */
  @Override
  public void close() {
    idle.forEach(Lane::free);
    idle.clear();
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("session not closed: " + e.getMessage(), e);
    }
  }
}
