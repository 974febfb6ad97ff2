package io.rewarddance.driver.paper.page;

import io.rewarddance.driver.format.Text;
import io.rewarddance.driver.paper.cell.CellKind;
import io.rewarddance.driver.paper.cell.Rung;
import io.rewarddance.driver.paper.cell.Table;
import io.rewarddance.driver.paper.claim.Evidence;
import io.rewarddance.driver.paper.claim.Noticing;
import io.rewarddance.driver.paper.work.CellNumbers;
import io.rewarddance.driver.paper.work.Measures;
import io.rewarddance.driver.report.CurveChart;
import io.rewarddance.driver.report.Html;
import io.rewarddance.driver.report.Page;
import io.rewarddance.metrics.stat.MeanInterval;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The weak judge that was driven too long: curves, and who noticed when. */
final class HackingSection {
  private final Evidence evidence;

  HackingSection(Evidence evidence) {
    this.evidence = evidence;
  }

  String html() {
    Map<Long, CellNumbers> runs = evidence.cells(Table.HACKING, Rung.XS.label(), CellKind.RUN);
    if (runs.isEmpty()) {
      return Missing.TEXT;
    }
    Html out = new Html();
    List<List<String>> rows = new ArrayList<>();
    runs.forEach((seed, numbers) -> rows.add(row(seed, numbers)));
    out.element(
        "p class=\"note\"",
        "Who notices after how many iterations; the last number of the run means never. A reader of P(yes) is"
            + " alarmed when its mean over 10 iterations is .03 below the best so far; a reader of gold when an"
            + " evaluation lies below the best so far, intervals apart.");
    out.raw(
        Page.table(
            List.of(
                "seed",
                "P(yes) before",
                "after",
                "gold before",
                "after",
                "iterations",
                "monitor",
                "without gold",
                "reader of P(yes)",
                "reader of gold",
                "the monitor's rules"),
            rows));
    out.raw("<div class=\"charts\">");
    runs.forEach((seed, numbers) -> out.raw(curves(seed, numbers)));
    return out.raw("</div>").toString();
  }

  private static List<String> row(Long seed, CellNumbers numbers) {
    return List.of(
        seed.toString(),
        interval(numbers, Measures.P_YES_BEFORE),
        interval(numbers, Measures.P_YES_AFTER),
        interval(numbers, Measures.GOLD_BEFORE),
        interval(numbers, Measures.GOLD_AFTER),
        String.valueOf(numbers.curves().getOrDefault(Measures.P_YES, List.of()).size()),
        noticed(numbers, Noticing.MONITOR),
        noticed(numbers, Noticing.BLIND_MONITOR),
        noticed(numbers, Noticing.P_YES_READER),
        noticed(numbers, Noticing.GOLD_READER),
        numbers.notes().getOrDefault("findings", "-"));
  }

  private static String interval(CellNumbers numbers, String measure) {
    return numbers.value(measure).map(Text::interval).orElse("-");
  }

  private static String noticed(CellNumbers numbers, String who) {
    return numbers
        .value(Measures.NOTICED + who)
        .map(MeanInterval::mean)
        .map(mean -> Text.format("%.0f", mean))
        .orElse("-");
  }

  private static String curves(Long seed, CellNumbers numbers) {
    CurveChart chart =
        new CurveChart(
            List.of(
                new CurveChart.Curve(
                    "P(yes), training", false, CurveRows.of(numbers, Measures.P_YES)),
                new CurveChart.Curve("gold, strict", true, CurveRows.of(numbers, Measures.GOLD))));
    return Page.figure("Seed " + seed, "over iterations", chart.html());
  }
}
