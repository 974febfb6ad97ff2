package io.rewarddance.driver.search;

import io.rewarddance.driver.format.Text;
import io.rewarddance.metrics.stat.MeanInterval;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Searches as lines for a terminal. */
public final class SearchText {
  private SearchText() {}

  /** The rounds of one search, or of many with one plan. */
  public static List<String> stages(List<SearchTree> trees) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "round  level  sigma  candidates  kept  failed    NFE   P(yes)     kept     gold     kept");
    for (StageTable.Row row : StageTable.of(trees)) {
      lines.add(
          Text.format(
              "%5d  %5d  %5s  %10d  %4d  %6d  %5d %8s %8s %8s %8s",
              row.round(),
              row.level(),
              three(row.sigma()),
              row.candidates(),
              row.kept(),
              row.failed(),
              row.evaluations(),
              three(row.pYes()),
              three(row.pYesKept()),
              three(row.gold()),
              three(row.goldKept())));
    }
    return lines;
  }

  /** Methods beside each other. */
  public static List<String> comparison(Comparison comparison) {
    List<String> lines = new ArrayList<>();
    lines.add(
        Text.format(
            "%-12s %7s %7s  %-22s %-22s %-22s %s",
            "method", "NFE", "judged", "P(yes)", "gold, strict", "gold, graded", "search - this"));
    for (Comparison.Row row : comparison.rows()) {
      lines.add(
          Text.format(
                  "%-12s %7.1f %7.1f  %-22s %-22s %-22s %s",
                  row.method().name(),
                  row.evaluations(),
                  row.questions(),
                  interval(row.pYes()),
                  interval(row.goldStrict()),
                  interval(row.goldGraded()),
                  row.gain().map(SearchText::signed).orElse(""))
              .stripTrailing());
    }
    if (comparison.leftOut() > 0) {
      lines.add(comparison.leftOut() + " left out: a method has no answer for them");
    }
    return lines;
  }

  public static String interval(Optional<MeanInterval> mean) {
    return mean.map(
            m ->
                m.n() == 1
                    ? Text.format("%.3f", m.mean())
                    : Text.format("%.3f [%.3f, %.3f]", m.mean(), m.low(), m.high()))
        .orElse("-");
  }

  public static String signed(MeanInterval mean) {
    return Text.format("%+.3f [%+.3f, %+.3f]", mean.mean(), mean.low(), mean.high());
  }

  private static String three(OptionalDouble value) {
    return value.isPresent() ? Text.format("%.3f", value.getAsDouble()) : "-";
  }
}
