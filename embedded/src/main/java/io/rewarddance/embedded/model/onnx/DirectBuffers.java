package io.rewarddance.embedded.model.onnx;

import ai.onnxruntime.TensorInfo;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** Memory that ONNX Runtime reads and writes in place. */
final class DirectBuffers {
  private DirectBuffers() {}

  static ByteBuffer bytes(int count) {
    return ByteBuffer.allocateDirect(count).order(ByteOrder.nativeOrder());
  }

  static FloatBuffer floats(int count) {
    return bytes(Math.multiplyExact(count, Float.BYTES)).asFloatBuffer();
  }

  /** Room for one tensor. */
  static ByteBuffer of(TensorInfo info) {
    return bytes(Math.toIntExact(Math.multiplyExact(info.getNumElements(), info.type.size)));
  }
}
