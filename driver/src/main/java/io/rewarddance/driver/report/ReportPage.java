package io.rewarddance.driver.report;

import io.rewarddance.driver.format.Text;
import io.rewarddance.driver.loop.Evaluation;
import io.rewarddance.driver.loop.Phase;
import io.rewarddance.driver.loop.RunHistory;
import io.rewarddance.driver.loop.RunPlan;
import io.rewarddance.driver.loop.RunSummary;
import io.rewarddance.driver.loop.StageNames;
import io.rewarddance.metrics.stat.MeanInterval;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The page: the result first, then pictures, curves, tables, and what it was made with. */
final class ReportPage {
  private final Path directory;
  private final RunHistory history;
  private final RunSummary summary;
  private final Comparison comparison;

  ReportPage(Compared own, RunSummary summary, Comparison comparison) {
    this.directory = own.directory();
    this.history = own.history();
    this.summary = summary;
    this.comparison = comparison;
  }

  String html() {
    Tables tables = new Tables(summary);
    Html out = Page.begin(summary.run());
    header(out);
    result(out, tables);
    comparison(out);
    out.raw(new SampleGrid(new Pictures(directory)).html(summary.before(), summary.after()));
    curves(out);
    out.raw("<section><h2>What the monitor found</h2>").raw(tables.findings()).raw("</section>");
    out.raw("<section><h2>Before and after in numbers</h2>");
    out.raw("<p class=\"note\">Mean with its 95 % interval.</p>")
        .raw(tables.measures())
        .raw("</section>");
    out.raw("<section class=\"columns\"><div>")
        .raw(tables.time())
        .raw("</div><div>")
        .raw(tables.counts())
        .raw("</div></section>");
    out.raw("<section><h2>Models</h2>")
        .raw(Tables.models(history.plan(), summary))
        .raw("</section>");
    configuration(out);
    return Page.end(out);
  }

  private void header(Html out) {
    RunPlan plan = history.plan();
    out.raw("<header>").element("h1", summary.run());
    out.element(
        "p",
        Text.format(
            "%d prompts × %d images an iteration, %d %s steps, %s; seed %d",
            plan.groups(),
            plan.groupSize(),
            plan.steps(),
            plan.sampler(),
            plan.algorithm().toUpperCase(Locale.ROOT),
            plan.seed()));
    String state = summary.phase() == Phase.FAILED ? "p class=\"bad\"" : "p";
    out.raw("<" + state + ">").text(outcome()).raw("</p></header>");
  }

  private String outcome() {
    String done = summary.iterations() + " of " + Text.plural(summary.planned(), "iteration");
    String time = Text.clock(summary.seconds().getOrDefault(StageNames.TOTAL, 0.0));
    String reason = summary.reason().isEmpty() ? "" : " Reason: " + summary.reason() + ".";
    return switch (summary.phase()) {
      case FINISHED -> "Finished: " + done + " in " + time + "." + reason;
      case STOPPED -> "Stopped before its end: " + done + " in " + time + "." + reason;
      case FAILED -> "Failed: " + done + " in " + time + "." + reason;
      case STARTING, RUNNING, PAUSED, STOPPING ->
          "Not ended when this page was made: " + done + " so far.";
    };
  }

  private void result(Html out, Tables tables) {
    out.raw("<section class=\"result\"><h2>True alignment on held-out prompts</h2>");
    Optional<MeanInterval> before = summary.goldBefore();
    Optional<MeanInterval> after = summary.goldAfter();
    if (before.isEmpty() && after.isEmpty()) {
      out.element(
          "p", "Not measured: the run has no oracle, or ended before its first evaluation.");
    } else {
      out.raw("<p class=\"big\">");
      before.ifPresent(gold -> big(out, "before", gold));
      after.ifPresent(gold -> big(out, "after", gold));
      out.raw("</p>");
      if (before.isPresent() && after.isPresent()) {
        out.element("p", verdict(before.get(), after.get()));
      }
      if (after.isEmpty()) {
        latestProbe().ifPresent(text -> out.element("p", text));
      }
      out.raw(IntervalPlot.svg(tables.plot()));
    }
    out.raw("</section>");
  }

  /** The last small measurement of a run that has no final one. */
  private Optional<String> latestProbe() {
    return history.evaluations().stream()
        .filter(evaluation -> evaluation.when() == Evaluation.When.PROBE)
        .reduce((earlier, later) -> later)
        .flatMap(
            probe ->
                probe
                    .goldStrict()
                    .map(
                        gold ->
                            Text.format(
                                "Latest probe, after %d iterations: %.1f %% (95 %%: %.1f to %.1f, %d images).",
                                probe.iterations(),
                                100 * gold.mean(),
                                100 * gold.low(),
                                100 * gold.high(),
                                gold.n())));
  }

  private static void big(Html out, String when, MeanInterval gold) {
    out.raw(
        "<span class=\""
            + when
            + "\"><b>"
            + Text.format("%.1f %%", 100 * gold.mean())
            + "</b> "
            + when);
    out.raw(
        Text.format(
            "<small>95 %%: %.1f to %.1f, %d images</small></span>",
            100 * gold.low(), 100 * gold.high(), gold.n()));
  }

  private static String verdict(MeanInterval before, MeanInterval after) {
    double points = 100 * (after.mean() - before.mean());
    String apart =
        before.apartFrom(after)
            ? "the 95 % intervals do not meet"
            : "the 95 % intervals overlap, so this may be chance";
    return Text.format("%+.1f points; %s.", points, apart);
  }

  private void curves(Html out) {
    List<Chart> charts = new Curves(history).charts();
    if (charts.isEmpty()) {
      return;
    }
    out.raw("<section><h2>Over the iterations</h2>");
    charts(out, charts);
    out.raw("</section>");
  }

  static void charts(Html out, List<Chart> charts) {
    out.raw("<div class=\"charts\">");
    for (Chart chart : charts) {
      out.raw(Page.figure(chart.title(), chart.note(), chart.svg() + chart.legend()));
    }
    out.raw("</div>");
  }

  private void comparison(Html out) {
    if (comparison.isEmpty()) {
      return;
    }
    out.raw("<section><h2>Compared with other runs</h2>");
    comparison.verdicts().forEach(verdict -> out.element("p", verdict + "."));
    out.element("p class=\"note\"", "This run is the wide line; the others lie over it, broken.");
    charts(out, comparison.charts());
    ComparisonTables tables = new ComparisonTables(comparison);
    out.raw(tables.differences()).raw(tables.settings()).raw(tables.times()).raw("</section>");
  }

  private void configuration(Html out) {
    Path file = directory.resolve("config.yaml");
    if (Files.isReadable(file)) {
      try {
        String yaml = Files.readString(file);
        out.raw("<section><details><summary>Configuration</summary><pre>")
            .text(yaml)
            .raw("</pre></details></section>");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
