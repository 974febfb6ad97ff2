package io.rewarddance.driver.conformance;

import java.util.ArrayList;
import java.util.List;

/** Differences that are meant, as {@code known.json} has them. */
final class KnownDifferences {
  /**
   * @param at a step, or "step: place in its answer"
   * @param begins whether our text must be the reference's and go on
   */
  record Known(String at, boolean begins) {
    boolean covers(Difference difference) {
      return (at.equals(difference.step())
              || at.equals(difference.step() + ": " + difference.where()))
          && (!begins || difference.ours().startsWith(difference.theirs()));
    }
  }

  private final List<Known> known = new ArrayList<>();

  KnownDifferences() {
    Suite.file("known.json")
        .forEach(
            entry ->
                entry
                    .get("at")
                    .forEach(
                        at ->
                            known.add(
                                new Known(at.asString(), entry.path("begins").asBoolean(false)))));
  }

  /** Those that nobody gave a reason for. */
  List<Difference> unknown(List<Difference> found) {
    return found.stream()
        .filter(difference -> known.stream().noneMatch(one -> one.covers(difference)))
        .toList();
  }

  /** Those that no longer show. */
  List<Known> gone(List<Difference> found) {
    return known.stream().filter(one -> found.stream().noneMatch(one::covers)).toList();
  }
}
