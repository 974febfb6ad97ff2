package io.rewarddance.driver.paper.plan;

import io.rewarddance.driver.paper.cell.Cell;
import java.util.List;

/**
 * What is going to be done with what is left of a budget.
 *
 * @param fits cells still to be done, in order
 * @param each seconds that each of those is going to take, in the same order
 * @param leftOut for want of time, and what needs them
 */
public record Plan(List<Cell> fits, List<Double> each, List<Cell> leftOut) {
  public Plan {
    fits = List.copyOf(fits);
    each = List.copyOf(each);
    leftOut = List.copyOf(leftOut);
  }

  /** Seconds that all of those which fit are going to take. */
  public double seconds() {
    return each.stream().mapToDouble(Double::doubleValue).sum();
  }
}
