package io.rewarddance.driver.judge;

import io.rewarddance.rollout.Image;
import io.rewarddance.rollout.Prompt;
import java.util.List;

/**
 * An image to be judged.
 *
 * @param references what a pairwise question compares it with; ignored by a pointwise one
 */
public record Subject(Prompt prompt, Image image, List<Image> references) {
  public Subject {
    references = List.copyOf(references);
  }
}
