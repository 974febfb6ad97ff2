package io.rewarddance.embedded.trainer.judge;

import io.rewarddance.embedded.trainer.step.Progress;

/** Also told the loss. */
public interface JudgeProgress extends Progress {
  /**
   * @param value of the last optimizer step
   */
  void loss(double value);
}
