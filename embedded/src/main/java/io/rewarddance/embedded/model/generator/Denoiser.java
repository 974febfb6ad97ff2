package io.rewarddance.embedded.model.generator;

import ai.onnxruntime.OrtException;
import io.rewarddance.embedded.model.onnx.Lane;
import io.rewarddance.embedded.model.onnx.Network;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Takes up to one network batch of trajectories with the same number of steps to their ends. Rows
 * that lack, or that end early, leave their places in the batch to stale values, which touch no
 * other row.
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

  /** Trajectories are finished or failed afterwards, or cancelled on the way. */
  void run(List<RowTrajectory> rows) {
    try (Lane.Loan loan = velocity.borrow()) {
      denoise(loan.lane(), rows);
    } catch (OrtException e) {
      rows.forEach(row -> row.fail("velocity network: " + e.getMessage()));
    }
  }

  private void denoise(Lane lane, List<RowTrajectory> rows) throws OrtException {
    putTokens(lane.bytes("tokens").asLongBuffer(), rows);
    rows.stream().filter(RowTrajectory::isActive).forEach(row -> row.begin(size));
    FloatBuffer x = lane.bytes("x").asFloatBuffer();
    FloatBuffer sigma = lane.bytes("sigma").asFloatBuffer();
    FloatBuffer v = lane.bytes("v").asFloatBuffer();
    float[] rowVelocity = new float[size];
    int length = rows.get(0).length();
    for (int step = 0; step < length; step++) {
      List<Integer> active = active(rows);
      if (active.isEmpty()) {
        return;
      }
      for (int place : active) {
        x.put(place * size, rows.get(place).state());
        sigma.put(place, rows.get(place).sigma());
      }
      lane.run();
      for (int place : active) {
        v.get(place * size, rowVelocity);
        rows.get(place).advance(rowVelocity);
      }
    }
  }

  private static List<Integer> active(List<RowTrajectory> rows) {
    return IntStream.range(0, rows.size())
        .filter(place -> rows.get(place).isActive())
        .boxed()
        .toList();
  }

  private static void putTokens(LongBuffer tokens, List<RowTrajectory> rows) {
    rows.forEach(row -> tokens.put(row.tokens()));
  }
}
