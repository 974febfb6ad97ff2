package io.rewarddance.driver.plan;

import io.rewarddance.rollout.Prompt;
import java.util.ArrayList;
import java.util.List;

/** Prompt lists of given category sizes. */
final class Prompts {
  private Prompts() {}

  static List<Prompt> of(int... categorySizes) {
    List<Prompt> prompts = new ArrayList<>();
    for (int c = 0; c < categorySizes.length; c++) {
      for (int i = 0; i < categorySizes[c]; i++) {
        prompts.add(new Prompt(prompts.size(), "prompt " + c + "." + i, "category " + c));
      }
    }
    return prompts;
  }
}
