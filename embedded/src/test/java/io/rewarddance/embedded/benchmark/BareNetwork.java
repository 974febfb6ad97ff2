package io.rewarddance.embedded.benchmark;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import io.rewarddance.embedded.testing.Repository;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * The velocity network as a plain caller of ONNX Runtime would run it: one session, one thread a
 * run, tensors reused, nothing but the network computed.
 */
final class BareNetwork implements AutoCloseable {
  private static final int LATENT = 3 * 32 * 32;
  private static final int TOKENS = 8;

  private final OrtEnvironment environment =
      OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "rewarddance");
  private final OrtSession session;
  private final int rows;

  BareNetwork(int rows) throws OrtException {
    this.rows = rows;
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      options.setSymbolicDimensionValue("batch", rows);
      session =
          environment.createSession(
              Repository.version("shapes_generator").resolve("velocity.onnx").toString(), options);
    }
  }

  /** Runs {@code runs} batches on {@code threads} threads. */
  void run(int threads, int runs) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      for (Future<Void> worker :
          pool.invokeAll(
              IntStream.range(0, threads)
                  .mapToObj(worker -> share(runs / threads + (worker < runs % threads ? 1 : 0)))
                  .toList())) {
        worker.get();
      }
    } finally {
      pool.shutdown();
    }
  }

  private Callable<Void> share(int runs) {
    return () -> {
      Map<String, OnnxTensor> inputs = new HashMap<>();
      inputs.put(
          "x",
          OnnxTensor.createTensor(
              environment, memory(LATENT * 4).asFloatBuffer(), new long[] {rows, 3, 32, 32}));
      inputs.put(
          "sigma",
          OnnxTensor.createTensor(environment, memory(4).asFloatBuffer(), new long[] {rows}));
      inputs.put(
          "tokens",
          OnnxTensor.createTensor(
              environment, memory(TOKENS * 8).asLongBuffer(), new long[] {rows, TOKENS}));
      OnnxTensor v =
          OnnxTensor.createTensor(
              environment, memory(LATENT * 4).asFloatBuffer(), new long[] {rows, 3, 32, 32});
      Map<String, OnnxTensor> outputs = Map.of("v", v);
      for (int run = 0; run < runs; run++) {
        session.run(inputs, outputs).close();
      }
      inputs.values().forEach(OnnxTensor::close);
      v.close();
      return null;
    };
  }

  private ByteBuffer memory(int bytesPerRow) {
    return ByteBuffer.allocateDirect(rows * bytesPerRow).order(ByteOrder.nativeOrder());
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }
}
