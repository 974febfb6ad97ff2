package io.rewarddance.driver.evaluate;

import io.rewarddance.driver.generate.Draw;
import io.rewarddance.driver.plan.PromptOrder;
import io.rewarddance.driver.plan.Seeds;
import io.rewarddance.rollout.Prompt;
import java.util.ArrayList;
import java.util.List;

/** What an evaluation draws: categories take turns, so that each counts the same. */
public final class Exhibition {
  private Exhibition() {}

  /**
   * The first {@code images} of an endless list that depends on prompts and seed only: a small
   * probe draws the beginning of what the large evaluation draws.
   */
  public static List<Draw> draws(List<Prompt> heldOut, long seed, int images) {
    PromptOrder order = new PromptOrder(heldOut, seed);
    List<Draw> draws = new ArrayList<>(images);
    for (int i = 0; i < images; i++) {
      draws.add(new Draw(order.at(i), Seeds.derive(seed, Seeds.Purpose.EVALUATION, i)));
    }
    return draws;
  }
}
