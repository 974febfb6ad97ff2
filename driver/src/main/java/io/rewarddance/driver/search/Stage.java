package io.rewarddance.driver.search;

import java.util.ArrayList;
import java.util.List;

/**
 * A level at which paths are looked at, pruned and extended.
 *
 * @param level of the schedule, between noise and the clean image
 * @param keep best candidates that go on
 * @param branch paths that each of them becomes: one goes on undisturbed, the others from noise
 *     added anew
 * @param back levels that the others are taken back up by; cut off at noise
 */
public record Stage(int level, int keep, int branch, int back) {
  public Stage {
    require("stages", level, level >= 1, ">= 1");
    require("keep", keep, keep >= 1, ">= 1");
    require("branch", branch, branch >= 1, ">= 1");
    require("back", back, back >= 0, ">= 0");
    require("back", back, branch == 1 || back >= 1, ">= 1 with a branch of 2 or more");
  }

  /**
   * Stages from lists that say one value for each level, or one for all.
   *
   * @throws IllegalArgumentException naming the list that has another length, or the value that
   *     can't be
   */
  public static List<Stage> of(
      List<Integer> levels, List<Integer> keep, List<Integer> branch, List<Integer> back) {
    List<Stage> stages = new ArrayList<>();
    for (int i = 0; i < levels.size(); i++) {
      stages.add(
          new Stage(
              levels.get(i),
              at("keep", keep, i, levels.size()),
              at("branch", branch, i, levels.size()),
              at("back", back, i, levels.size())));
    }
    return stages;
  }

  /** Levels after half and after two thirds of the steps; none when there are too few steps. */
  public static List<Integer> usualLevels(int steps) {
    int half = steps / 2;
    int later = Math.max(half + 1, steps * 2 / 3);
    return half >= 1 && later < steps ? List.of(half, later) : List.of();
  }

  /** The stages of a search when nothing is said: 4, then 2 of the best, each also noised again. */
  public static List<Stage> usual(int steps) {
    List<Integer> levels = usualLevels(steps);
    return levels.isEmpty() ? List.of() : of(levels, List.of(4, 2), List.of(2), List.of(1));
  }

  private static int at(String name, List<Integer> values, int place, int stages) {
    if (values.size() != 1 && values.size() != stages) {
      throw new IllegalArgumentException(
          name
              + ": "
              + values
              + " (expected: one value, or one for each of "
              + stages
              + " stages)");
    }
    return values.get(values.size() == 1 ? 0 : place);
  }

  /** Level at which the disturbed paths begin again. */
  int restart() {
    return Math.max(0, level - back);
  }

  /** Paths that go on. */
  int paths() {
    return keep * branch;
  }

  /** Network evaluations of one kept candidate's paths on to level {@code next}. */
  int evaluations(int next) {
    return (next - level) + (branch - 1) * (next - restart());
  }

  private static void require(String name, int value, boolean holds, String expected) {
    if (!holds) {
      throw new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
    }
  }
}
