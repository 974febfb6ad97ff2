package io.rewarddance.driver.paper.page;

import io.rewarddance.driver.paper.work.CellNumbers;
import java.util.List;

/** A cell's curve as charts take it. */
final class CurveRows {
  private CurveRows() {}

  /**
   * @param name of the curve
   * @return rows of x, y, low, high; none where the cell has no such curve
   */
  static List<double[]> of(CellNumbers numbers, String name) {
    return numbers.curves().getOrDefault(name, List.of()).stream()
        .map(p -> new double[] {p.x(), p.y(), p.low(), p.high()})
        .toList();
  }
}
