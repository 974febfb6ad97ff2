package io.rewarddance.driver.paper.page;

import io.rewarddance.driver.format.Text;
import io.rewarddance.driver.paper.cell.CellKind;
import io.rewarddance.driver.paper.cell.Table;
import io.rewarddance.driver.paper.claim.Average;
import io.rewarddance.driver.paper.claim.Evidence;
import io.rewarddance.driver.paper.work.CellNumbers;
import io.rewarddance.driver.paper.work.Measures;
import io.rewarddance.driver.report.CategoryChart;
import io.rewarddance.driver.report.Html;
import io.rewarddance.driver.report.Page;
import io.rewarddance.metrics.stat.MeanInterval;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** A table whose arms are ways to train: gold after RL by each, beside the paper's number. */
final class ArmSection {
  private final Evidence evidence;
  private final Table table;

  ArmSection(Evidence evidence, Table table) {
    this.evidence = evidence;
    this.table = table;
  }

  String html() {
    List<String> arms = evidence.arms(table, CellKind.RUN);
    List<List<String>> rows = new ArrayList<>();
    List<Optional<MeanInterval>> means = new ArrayList<>();
    List<List<Double>> single = new ArrayList<>();
    for (String arm : arms) {
      SortedMap<Long, MeanInterval> gold = values(arm, CellKind.RUN, Measures.GOLD_AFTER);
      means.add(Average.of(gold, true));
      single.add(gold.values().stream().map(MeanInterval::mean).toList());
      rows.add(row(arm, gold.size()));
    }
    String drawing =
        new CategoryChart(arms, List.of(new CategoryChart.Line("gold after RL", means, single)))
            .html();
    return new Html()
        .raw(
            Page.table(
                List.of(
                    "",
                    "judge, out of domain",
                    "gold before",
                    "gold after RL",
                    "P(yes) after",
                    "training, s",
                    "the paper",
                    "seeds"),
                rows))
        .raw("<div class=\"charts\">")
        .raw(
            Page.figure(
                "Gold after RL",
                "strict; mean over seeds with its interval, small dots: seeds",
                drawing.isEmpty() ? Missing.TEXT : drawing))
        .raw("</div>")
        .toString();
  }

  private List<String> row(String arm, int seeds) {
    return List.of(
        arm,
        cell(values(arm, CellKind.JUDGE, Measures.ACCURACY_OUT)),
        cell(values(arm, CellKind.RUN, Measures.GOLD_BEFORE)),
        cell(values(arm, CellKind.RUN, Measures.GOLD_AFTER)),
        Average.of(values(arm, CellKind.RUN, Measures.P_YES_AFTER), false)
            .map(Text::interval)
            .orElse("-"),
        training(arm),
        PaperNumbers.arm(arm).orElse("-"),
        String.valueOf(seeds));
  }

  private String training(String arm) {
    List<String> seconds = new ArrayList<>();
    for (CellNumbers numbers : evidence.cells(table, arm, CellKind.RUN).values()) {
      Optional.ofNullable(numbers.seconds().get(Measures.TRAINING))
          .ifPresent(s -> seconds.add(Text.format("%.0f", s)));
    }
    return seconds.isEmpty() ? "-" : String.join(", ", seconds);
  }

  private static String cell(SortedMap<Long, MeanInterval> values) {
    return Average.of(values, true).map(Text::interval).orElse("-");
  }

  private SortedMap<Long, MeanInterval> values(String arm, CellKind kind, String measure) {
    return evidence.values(table, arm, kind, measure);
  }
}
