package io.rewarddance.embedded.model.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The tensors of one run at a time: inputs are written and outputs read in place, and the memory is
 * used again in the next run.
 */
public final class Lane {
  private final OrtSession session;
  private final Map<String, ByteBuffer> buffers = new HashMap<>();
  private final Map<String, OnnxTensor> inputs;
  private final Map<String, OnnxTensor> outputs;

  Lane(OrtSession session, Map<String, TensorInfo> inputs, Map<String, TensorInfo> outputs)
      throws OrtException {
    this.session = session;
    this.inputs = tensors(inputs);
    this.outputs = tensors(outputs);
  }

  private Map<String, OnnxTensor> tensors(Map<String, TensorInfo> infos) throws OrtException {
    Map<String, OnnxTensor> tensors = new HashMap<>();
    for (Map.Entry<String, TensorInfo> entry : infos.entrySet()) {
      TensorInfo info = entry.getValue();
      ByteBuffer buffer = DirectBuffers.of(info);
      buffers.put(entry.getKey(), buffer);
      tensors.put(
          entry.getKey(),
          OnnxTensor.createTensor(Environment.get(), buffer, info.getShape(), info.type));
    }
    return tensors;
  }

  /** A tensor's memory in native byte order, position 0, all of it. */
  public ByteBuffer bytes(String tensor) {
    return buffers.get(tensor).duplicate().order(ByteOrder.nativeOrder());
  }

  /** Computes the outputs from the inputs. */
  public void run() throws OrtException {
    session.run(inputs, outputs).close();
  }

  void free() {
    inputs.values().forEach(OnnxTensor::close);
    outputs.values().forEach(OnnxTensor::close);
  }

  /**
   * A lane in use.
   *
   * @param back where it goes when the use ends
   */
  public record Loan(Lane lane, Consumer<Lane> back) implements AutoCloseable {
    @Override
    public void close() {
      back.accept(lane);
    }
  }
}
