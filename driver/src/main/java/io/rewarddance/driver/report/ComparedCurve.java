package io.rewarddance.driver.report;

import io.rewarddance.driver.loop.Evaluation;
import io.rewarddance.driver.loop.MetricNames;
import io.rewarddance.driver.loop.RunHistory;
import java.util.List;
import java.util.function.Function;

/**
 * A curve that two runs can be compared by.
 *
 * @param title as a heading
 * @param note one line on how to read it
 * @param logarithmic whether it is drawn so
 * @param drawn whether there is a drawing of it, or only a row of the table
 * @param series out of a run's history
 */
record ComparedCurve(
    String title,
    String note,
    boolean logarithmic,
    boolean drawn,
    Function<RunHistory, Series> series) {
  static final List<ComparedCurve> ALL =
      List.of(
          drawn(
              "True alignment",
              "held-out prompts, strict, by the oracle, with 95 % intervals",
              h -> HistorySeries.measured(h, "", Evaluation::goldStrict)),
          table(
              "True alignment, graded", h -> HistorySeries.measured(h, "", Evaluation::goldGraded)),
          trained("P(yes), training prompts", "what is trained on", MetricNames.P_YES),
          drawn(
              "P(yes), held-out prompts",
              "with 95 % intervals",
              h -> HistorySeries.measured(h, "", HistorySeries::meanPYes)),
          trained("Reward sigma", "of the iteration", MetricNames.REWARD_SIGMA),
          new ComparedCurve(
              "Ratio before the update",
              "largest |ratio - 1|",
              true,
              true,
              h -> HistorySeries.trained(h, "", MetricNames.RATIO_DEVIATION)),
          trained("KL", "to the initial policy", MetricNames.KL),
          row("Reward", MetricNames.REWARD),
          row("Reward sigma inside groups", MetricNames.GROUP_SIGMA),
          row("Yes + no mass", MetricNames.YES_NO_MASS),
          row("|advantage|", MetricNames.ADVANTAGE_ABS),
          row("Loss", MetricNames.LOSS),
          row("Policy distance", MetricNames.POLICY_DISTANCE),
          row("Gradient norm", MetricNames.GRADIENT_NORM));

  private static ComparedCurve drawn(
      String title, String note, Function<RunHistory, Series> series) {
    return new ComparedCurve(title, note, false, true, series);
  }

  private static ComparedCurve table(String title, Function<RunHistory, Series> series) {
    return new ComparedCurve(title, "", false, false, series);
  }

  private static ComparedCurve trained(String title, String note, String metric) {
    return drawn(title, note, history -> HistorySeries.trained(history, "", metric));
  }

  private static ComparedCurve row(String title, String metric) {
    return table(title, history -> HistorySeries.trained(history, "", metric));
  }
}
