package io.rewarddance.embedded.trainer.state;

import io.rewarddance.embedded.trainer.optimizer.OptimizerState;
import io.rewarddance.proto.training.JudgeUpdateResult;
import java.util.List;
import java.util.Optional;

/**
 * Everything that a judge's next update depends on. Immutable: nobody changes its arrays.
 *
 * @param judge its name
 * @param baseDigest sha-256 of the weights file that training started from
 * @param weightsDigest sha-256 of the average as a weights file
 * @param trained weights that the optimizer moves
 * @param average running average of those; what is handed out
 * @param optimizer what the optimizer remembers
 * @param history results of all updates that led here, oldest first
 */
public record JudgeTrainingState(
    String judge,
    String baseDigest,
    String weightsDigest,
    float[] trained,
    float[] average,
    OptimizerState optimizer,
    List<JudgeUpdateResult> history) {
  public JudgeTrainingState {
    history = List.copyOf(history);
  }

  /** The state of a judge that hasn't been trained. */
  public static JudgeTrainingState initial(String judge, float[] weights, String baseDigest) {
    return new JudgeTrainingState(
        judge,
        baseDigest,
        baseDigest,
        weights,
        weights,
        OptimizerState.zero(weights.length),
        List.of());
  }

  /** The last update, -1 before the first. */
  public int step() {
    return history.size() - 1;
  }

  /** The result of an update. */
  public Optional<JudgeUpdateResult> result(int step) {
    return step >= 0 && step < history.size() ? Optional.of(history.get(step)) : Optional.empty();
  }
}
