package io.rewarddance.embedded.trainer;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.rewarddance.embedded.trainer.tensor.BoundWeights;
import io.rewarddance.embedded.trainer.tensor.Scopes;
import io.rewarddance.embedded.trainer.tensor.Tensors;
import io.rewarddance.embedded.trainer.tensor.TracedNetwork;
import io.rewarddance.embedded.trainer.update.InitialModel;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Map;

/** The generator's network on one state, by one engine or the other. */
public interface Velocity extends AutoCloseable {
  /**
   * @param x [3, 32, 32]
   * @return [3, 32, 32]
   */
  float[] at(float[] x, float sigma, long[] tokens);

  @Override
  void close();

  /** By libtorch, under these weights. */
  static Velocity torch(InitialModel model, float[] flat) throws IOException {
    TracedNetwork network = TracedNetwork.read(model.network());
    BoundWeights weights = new BoundWeights(model.layout(), flat, false);
    return new Velocity() {
      @Override
      public float[] at(float[] x, float sigma, long[] tokens) {
        float[] v = new float[x.length];
        return Scopes.scoped(
            () ->
                Scopes.withoutGradient(
                    () -> {
                      Tensors.read(
                          network.velocity(
                              Tensors.of(x, 1, 3, 32, 32),
                              Tensors.of(new float[] {sigma}, 1),
                              Tensors.of(tokens, 1, tokens.length),
                              weights.tensors()),
                          v,
                          0);
                      return v;
                    }));
      }

      @Override
      public void close() {
        weights.close();
        network.close();
      }
    };
  }

  /** By ONNX Runtime, under the initial weights: what a server answers with. */
  static Velocity onnx(InitialModel model) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    OrtSession session =
        environment.createSession(
            model.network().resolveSibling("velocity.onnx").toString(),
            new OrtSession.SessionOptions());
    return new Velocity() {
      @Override
      public float[] at(float[] x, float sigma, long[] tokens) {
        try (OnnxTensor state =
                OnnxTensor.createTensor(
                    environment, FloatBuffer.wrap(x), new long[] {1, 3, 32, 32});
            OnnxTensor level = OnnxTensor.createTensor(environment, new float[] {sigma});
            OnnxTensor words =
                OnnxTensor.createTensor(
                    environment, LongBuffer.wrap(tokens), new long[] {1, tokens.length});
            OrtSession.Result result =
                session.run(Map.of("x", state, "sigma", level, "tokens", words))) {
          float[] v = new float[x.length];
          ((OnnxTensor) result.get(0)).getFloatBuffer().get(v);
          return v;
        } catch (OrtException e) {
          throw new IllegalStateException(e);
        }
      }

      @Override
      public void close() {
        try {
          session.close();
        } catch (OrtException e) {
          throw new IllegalStateException(e);
        }
      }
    };
  }
}
