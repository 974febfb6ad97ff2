package io.rewarddance.driver.paper.page;

import io.rewarddance.driver.paper.cell.CellKind;
import io.rewarddance.driver.paper.cell.Rung;
import io.rewarddance.driver.paper.cell.Table;
import io.rewarddance.driver.paper.claim.Evidence;
import io.rewarddance.driver.paper.work.CellNumbers;
import io.rewarddance.driver.report.CurveChart;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/**
 * A curve of the ladder's cells, one for each size: of its first seed, or all would be a tangle.
 */
final class SizeCurves {
  private final Evidence evidence;

  SizeCurves(Evidence evidence) {
    this.evidence = evidence;
  }

  /**
   * @param kind of cells that have the curve
   * @param name of the curve among their numbers
   */
  String html(CellKind kind, String name) {
    List<CurveChart.Curve> curves = new ArrayList<>();
    for (Rung rung : Rung.values()) {
      SortedMap<Long, CellNumbers> cells = evidence.cells(Table.LADDER, rung.label(), kind);
      if (!cells.isEmpty()) {
        CellNumbers first = cells.get(cells.firstKey());
        curves.add(new CurveChart.Curve(rung.label(), false, CurveRows.of(first, name)));
      }
    }
    String drawing = new CurveChart(curves).html();
    return drawing.isEmpty() ? Missing.TEXT : drawing;
  }
}
