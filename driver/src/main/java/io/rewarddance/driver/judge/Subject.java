package io.rewarddance.driver.judge;

import io.rewarddance.rollout.Pixels;
import io.rewarddance.rollout.Prompt;
import java.util.List;

/**
 * An image or a video to be judged.
 *
 * @param references what a pairwise question compares it with; ignored by a pointwise one
 */
public record Subject(Prompt prompt, Pixels sample, List<Pixels> references) {
  public Subject {
    references = List.copyOf(references);
  }
}
