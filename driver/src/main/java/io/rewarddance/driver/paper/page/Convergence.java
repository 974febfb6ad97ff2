package io.rewarddance.driver.paper.page;

import io.rewarddance.driver.format.Text;
import io.rewarddance.driver.paper.cell.CellKind;
import io.rewarddance.driver.paper.cell.Rung;
import io.rewarddance.driver.paper.cell.Table;
import io.rewarddance.driver.paper.claim.Evidence;
import io.rewarddance.driver.paper.work.CellNumbers;
import io.rewarddance.driver.paper.work.CellNumbers.Point;
import io.rewarddance.driver.paper.work.Measures;
import io.rewarddance.driver.report.Html;
import io.rewarddance.driver.report.Page;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Whether judges of all sizes were trained until nothing more came of it. */
final class Convergence {
  private final Evidence evidence;

  Convergence(Evidence evidence) {
    this.evidence = evidence;
  }

  String html() {
    List<List<String>> rows = new ArrayList<>();
    for (Rung rung : Rung.values()) {
      List<List<Point>> curves = curves(rung);
      if (!curves.isEmpty()) {
        rows.add(row(rung, curves));
      }
    }
    Html out = new Html().element("h3", "Degree of convergence");
    out.element(
        "p class=\"note\"",
        "Log loss on the selection set, nats, by seed. A judge is trained out when its best update isn't the last"
            + " one, or the last quarter of updates brought next to nothing.");
    String table =
        Page.table(
            List.of(
                "judge", "after the first update", "best", "best update", "last quarter brought"),
            rows);
    return out.raw(rows.isEmpty() ? Missing.TEXT : table).toString();
  }

  private List<List<Point>> curves(Rung rung) {
    return evidence.cells(Table.LADDER, rung.label(), CellKind.JUDGE).values().stream()
        .map(CellNumbers::curves)
        .map(curves -> curves.getOrDefault(Measures.SELECTION_LOSS, List.of()))
        .filter(curve -> !curve.isEmpty())
        .toList();
  }

  private static List<String> row(Rung rung, List<List<Point>> curves) {
    return List.of(
        rung.label() + " (" + rung.standsFor() + ")",
        bySeed(curves, curve -> loss(curve.get(0).y())),
        bySeed(curves, curve -> loss(best(curve).y())),
        bySeed(curves, curve -> Text.format("%.0f of %d", best(curve).x(), curve.size())),
        bySeed(curves, curve -> loss(gain(curve))));
  }

  /** How much the least loss fell in the last quarter; 0 where the best came before it. */
  private static double gain(List<Point> curve) {
    int quarter = Math.max(1, curve.size() / 4);
    List<Point> earlier = curve.subList(0, Math.max(1, curve.size() - quarter));
    return best(earlier).y() - best(curve).y();
  }

  private static Point best(List<Point> curve) {
    return curve.stream().min(Comparator.comparingDouble(Point::y)).orElseThrow();
  }

  private static String loss(double value) {
    return Text.format("%.3f", value);
  }

  private static String bySeed(List<List<Point>> curves, Function<List<Point>, String> number) {
    return curves.stream().map(number).collect(Collectors.joining(", "));
  }
}
