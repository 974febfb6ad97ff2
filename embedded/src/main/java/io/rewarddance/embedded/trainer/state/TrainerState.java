package io.rewarddance.embedded.trainer.state;

import io.rewarddance.embedded.trainer.optimizer.OptimizerState;
import io.rewarddance.proto.training.UpdateResult;
import java.util.List;
import java.util.Optional;

/**
 * Everything that the next update depends on. Immutable: nobody changes its arrays.
 *
 * @param run the run it belongs to, empty before the first update
 * @param version of the sampling policy; 1 for the initial weights, one more for each update
 * @param policyDigest sha-256 of the sampling policy's weights file
 * @param trained weights that the optimizer moves
 * @param sampling weights that the next rollouts are drawn with: for GRPO the trained ones, for NFT
 *     a slower copy
 * @param average running average of the trained weights
 * @param optimizer what the optimizer remembers
 * @param history results of all updates that led here, oldest first
 */
public record TrainerState(
    String run,
    long version,
    String policyDigest,
    float[] trained,
    float[] sampling,
    float[] average,
    OptimizerState optimizer,
    List<UpdateResult> history) {
  public TrainerState {
    history = List.copyOf(history);
  }

  /** The state of a run that hasn't begun. */
  public static TrainerState initial(float[] weights, String digest) {
    return new TrainerState(
        "", 1, digest, weights, weights, weights, OptimizerState.zero(weights.length), List.of());
  }

  /** The last iteration that was trained on, -1 before the first. */
  public int iteration() {
    return history.isEmpty() ? -1 : history.get(history.size() - 1).iteration();
  }

  /** The result of an iteration that was trained on. */
  public Optional<UpdateResult> result(int iteration) {
    return history.stream().filter(result -> result.iteration() == iteration).findFirst();
  }
}
