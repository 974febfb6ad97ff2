package io.rewarddance.embedded.model.generator;

import ai.onnxruntime.OrtException;
import io.rewarddance.embedded.model.onnx.Lane;
import io.rewarddance.embedded.model.onnx.Network;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.List;

/**
 * Takes up to one network batch of trajectories one step further, each from where it is. Places
 * that no row takes keep stale values, which touch no other row.
 */
final class Denoiser {
  private final Network velocity;
  private final int size;

  /**
   * @param size elements of a latent
   */
  Denoiser(Network velocity, int size) {
    this.velocity = velocity;
    this.size = size;
  }

  /** Trajectories are a step further afterwards, or have failed. */
  void step(List<RowTrajectory> rows) {
    try (Lane.Loan loan = velocity.borrow()) {
      step(loan.lane(), rows);
    } catch (OrtException e) {
      rows.forEach(row -> row.fail("velocity network: " + e.getMessage()));
    }
  }

  private void step(Lane lane, List<RowTrajectory> rows) throws OrtException {
    LongBuffer tokens = lane.bytes("tokens").asLongBuffer();
    FloatBuffer sigma = lane.bytes("sigma").asFloatBuffer();
    FloatBuffer x = lane.bytes("x").asFloatBuffer();
    for (RowTrajectory row : rows) {
      tokens.put(row.tokens());
      sigma.put(row.sigma());
      x.put(row.state(size));
    }
    lane.run();
    FloatBuffer v = lane.bytes("v").asFloatBuffer();
    float[] velocityOfRow = new float[size];
    for (RowTrajectory row : rows) {
      v.get(velocityOfRow);
      row.advance(velocityOfRow);
    }
  }
}
