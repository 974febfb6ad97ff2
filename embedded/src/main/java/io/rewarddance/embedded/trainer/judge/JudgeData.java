package io.rewarddance.embedded.trainer.judge;

import io.rewarddance.rollout.preference.PreferenceFile;
import java.util.List;

/**
 * The files of an update.
 *
 * @param training trained on
 * @param validation measured on
 */
public record JudgeData(PreferenceFile training, List<Named> validation) {
  /**
   * @param name from the request
   */
  public record Named(String name, PreferenceFile file) {}
}
