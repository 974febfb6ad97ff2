package io.rewarddance.driver.evaluate;

import io.rewarddance.driver.generate.Draw;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What is kept of one held-out image.
 *
 * @param index its place in the evaluation
 * @param pYes P(yes) by judge
 * @param gold the oracle's word; empty without an oracle
 */
public record Sight(int index, Draw draw, SortedMap<String, Double> pYes, Optional<Gold> gold) {
  /** Mean P(yes) over the judges. */
  public double meanPYes() {
    return pYes.values().stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }
}
