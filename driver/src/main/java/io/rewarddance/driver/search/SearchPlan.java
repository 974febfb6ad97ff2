package io.rewarddance.driver.search;

import java.util.List;

/**
 * What a search does, and so what it costs, for each prompt. Round 0 takes every start from noise
 * to the first stage; each later round takes what the stage before kept on to the next stage, the
 * last one to clean images, of which the best is the answer. Without stages it is best-of-N.
 *
 * @param steps length of the schedule
 * @param starts paths from noise
 * @param stages at rising levels below {@code steps}
 */
public record SearchPlan(int steps, int starts, List<Stage> stages) {
  public SearchPlan {
    stages = List.copyOf(stages);
    if (steps < 1 || starts < 1) {
      throw new IllegalArgumentException(
          "steps: " + steps + ", starts: " + starts + " (expected: >= 1 each)");
    }
    int candidates = starts;
    int before = 0;
    for (Stage stage : stages) {
      if (stage.level() <= before || stage.level() >= steps) {
        throw new IllegalArgumentException(
            "stages: %d (expected: rising, %d to %d with %d steps)"
                .formatted(stage.level(), before + 1, steps - 1, steps));
      }
      if (stage.keep() > candidates) {
        throw new IllegalArgumentException(
            "keep: %d at level %d (expected: at most %d, the candidates there)"
                .formatted(stage.keep(), stage.level(), candidates));
      }
      before = stage.level();
      candidates = stage.paths();
    }
  }

  /** N images, the best one taken. */
  public static SearchPlan bestOf(int steps, int n) {
    return new SearchPlan(steps, n, List.of());
  }

  /**
   * With as many starts as a budget pays for.
   *
   * @param budget network evaluations for each prompt
   * @throws IllegalArgumentException when it doesn't pay for the stages, or for one start
   */
  public static SearchPlan within(int budget, int steps, List<Stage> stages) {
    int fewest = stages.isEmpty() ? 1 : stages.get(0).keep();
    SearchPlan smallest = new SearchPlan(steps, fewest, stages);
    if (smallest.evaluations() > budget) {
      throw new IllegalArgumentException(
          "budget: %d network evaluations (expected: at least %d, for %d starts and these stages)"
              .formatted(budget, smallest.evaluations(), fewest));
    }
    int spare = budget - smallest.evaluations();
    return new SearchPlan(steps, fewest + spare / smallest.reached(0), stages);
  }

  public int rounds() {
    return stages.size() + 1;
  }

  /** Level at which a round ends. */
  public int reached(int round) {
    return round < stages.size() ? stages.get(round).level() : steps;
  }

  /** Most candidates that a round ends with. */
  public int candidates(int round) {
    return round == 0 ? starts : stages.get(round - 1).paths();
  }

  /** Most network evaluations that a round makes. */
  public int evaluations(int round) {
    if (round == 0) {
      return starts * reached(0);
    }
    Stage before = stages.get(round - 1);
    return before.keep() * before.evaluations(reached(round));
  }

  /** Most network evaluations: what is made when no candidate fails. */
  public int evaluations() {
    int sum = 0;
    for (int round = 0; round < rounds(); round++) {
      sum += evaluations(round);
    }
    return sum;
  }

  /** Most questions to the judge; they cost no network evaluation of the generator. */
  public int questions() {
    int sum = 0;
    for (int round = 0; round < rounds(); round++) {
      sum += candidates(round);
    }
    return sum;
  }
}
