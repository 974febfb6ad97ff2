package io.rewarddance.driver.plan;

import io.rewarddance.rollout.Prompt;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An endless, seeded order of prompts in which categories take turns, so that a category with few
 * prompts counts as much as one with many. Inside a category every prompt comes once before one
 * comes twice, each round in a new random order.
 */
public final class PromptOrder {
  private final List<List<Prompt>> categories;
  private final long seed;

  /**
   * @param prompts at least one; categories take turns in the order of their first prompts
   */
  public PromptOrder(List<Prompt> prompts, long seed) {
    if (prompts.isEmpty()) {
      throw new IllegalArgumentException("prompts: 0 (expected: >= 1)");
    }
    Map<String, List<Prompt>> byCategory = new LinkedHashMap<>();
    for (Prompt prompt : prompts) {
      byCategory.computeIfAbsent(prompt.category(), c -> new ArrayList<>()).add(prompt);
    }
    this.categories = List.copyOf(byCategory.values());
    this.seed = seed;
  }

  /**
   * @param position from 0, without end
   */
  public Prompt at(long position) {
    int category = (int) (position % categories.size());
    long turn = position / categories.size();
    List<Prompt> members = categories.get(category);
    long round = turn / members.size();
    long roundSeed = Seeds.derive(seed, Seeds.Purpose.PROMPTS, category, round);
    int[] order = Seeds.permutation(members.size(), roundSeed);
    return members.get(order[(int) (turn % members.size())]);
  }
}
