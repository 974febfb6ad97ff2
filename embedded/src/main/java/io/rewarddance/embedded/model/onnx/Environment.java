package io.rewarddance.embedded.model.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtLoggingLevel;

/**
 * The one ONNX Runtime environment of this JVM.
 *
 * <p>Making it, version 1.29 matches the process' command line against a regular expression that
 * recurses once for each character: a class path of some 9,000 characters overflows the stack of an
 * ordinary thread and ends the JVM without a word. So it is made on a thread with a large stack.
 */
final class Environment {
  private static final long STACK_BYTES = 512L << 20;

  private Environment() {}

  private static final class Holder {
    private static final OrtEnvironment INSTANCE = make();
  }

  static OrtEnvironment get() {
    return Holder.INSTANCE;
  }

  private static OrtEnvironment make() {
    OrtEnvironment[] made = new OrtEnvironment[1];
    Thread thread = new Thread(null, () -> made[0] = open(), "onnxruntime-start", STACK_BYTES);
    thread.start();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while ONNX Runtime started", e);
    }
    return made[0] == null ? open() : made[0];
  }

  private static OrtEnvironment open() {
    return OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "rewarddance");
  }
}
