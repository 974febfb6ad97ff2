package io.rewarddance.driver.report;

import io.rewarddance.driver.loop.Evaluation;
import io.rewarddance.driver.loop.MetricNames;
import io.rewarddance.driver.loop.RunHistory;
import io.rewarddance.metrics.stat.MeanInterval;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/** The curves of a run; those without a single value are left out. */
final class Curves {
  private final RunHistory history;

  Curves(RunHistory history) {
    this.history = history;
  }

  List<Chart> charts() {
    List<Chart> charts = new ArrayList<>();
    charts.add(
        chart(
            "True alignment",
            "held-out prompts, by the oracle; never part of the reward",
            false,
            measured("strict", Evaluation::goldStrict),
            measured("graded", Evaluation::goldGraded)));
    charts.add(
        chart(
            "P(yes)",
            "the judge's probability of yes: what is trained on",
            false,
            trained("training prompts", MetricNames.P_YES),
            measured("held out", HistorySeries::meanPYes)));
    charts.add(
        chart(
            "Reward sigma",
            "near zero late in a run means collapse",
            false,
            trained("of the iteration", MetricNames.REWARD_SIGMA),
            trained("inside groups", MetricNames.GROUP_SIGMA),
            trained("over the window", MetricNames.WINDOW_SIGMA)));
    charts.add(
        chart(
            "Ratio before the update",
            "largest |ratio - 1|: how far sampler and trainer disagree",
            true,
            trained("|ratio - 1|", MetricNames.RATIO_DEVIATION)));
    charts.add(
        chart(
            "Share of ratios clipped",
            "GRPO",
            false,
            trained("low", MetricNames.CLIP_LOW),
            trained("high", MetricNames.CLIP_HIGH)));
    charts.add(chart("KL", "to the initial policy", false, trained("KL", MetricNames.KL)));
    charts.add(
        chart(
            "Policy distance",
            "mean squared velocity distance, trained to sampling policy",
            false,
            trained("distance", MetricNames.POLICY_DISTANCE)));
    charts.add(
        chart(
            "Gradient norm", "before clipping", false, trained("norm", MetricNames.GRADIENT_NORM)));
    charts.add(
        chart(
            "Judge's image gradient",
            "length, nats per grey level; growing while gold falls: the judge is being hacked",
            true,
            trained("mean", MetricNames.IMAGE_GRADIENT_NORM),
            trained("largest", MetricNames.IMAGE_GRADIENT_NORM_MAX)));
    charts.add(
        chart(
            "Advantage",
            "mean size over trained rollouts",
            false,
            trained("|A|", MetricNames.ADVANTAGE_ABS)));
    charts.add(
        chart(
            "Yes + no mass",
            "falling: the judge leaves its answer format",
            false,
            trained("mass", MetricNames.YES_NO_MASS)));
    for (String name : drawingNames()) {
      charts.add(
          chart(
              name.replace('_', ' '),
              "drawing, held-out prompts",
              false,
              measured(name, e -> Optional.ofNullable(e.drawing().get(name)))));
    }
    charts.removeIf(Chart::empty);
    return charts;
  }

  private static Chart chart(String title, String note, boolean log, Series... series) {
    return new Chart(title, note, log, List.of(series));
  }

  private TreeSet<String> drawingNames() {
    TreeSet<String> names = new TreeSet<>();
    history.evaluations().forEach(evaluation -> names.addAll(evaluation.drawing().keySet()));
    return names;
  }

  private Series trained(String name, String metric) {
    return HistorySeries.trained(history, name, metric);
  }

  private Series measured(String name, Function<Evaluation, Optional<MeanInterval>> number) {
    return HistorySeries.measured(history, name, number);
  }
}
