package io.rewarddance.driver.report;

import io.rewarddance.driver.format.Text;
import io.rewarddance.driver.loop.CountNames;
import io.rewarddance.driver.loop.Evaluation;
import io.rewarddance.driver.loop.RunPlan;
import io.rewarddance.driver.loop.RunSummary;
import io.rewarddance.driver.loop.StageNames;
import io.rewarddance.metrics.hacking.Finding;
import io.rewarddance.metrics.stat.MeanInterval;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/** The report's tables. */
final class Tables {
  private final RunSummary summary;

  Tables(RunSummary summary) {
    this.summary = summary;
  }

  String measures() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(row("true alignment, strict", Evaluation::goldStrict));
    rows.add(row("true alignment, graded", Evaluation::goldGraded));
    names(e -> e.pYes().keySet())
        .forEach(
            name ->
                rows.add(row("P(yes) of " + name, e -> Optional.ofNullable(e.pYes().get(name)))));
    names(e -> e.drawing().keySet())
        .forEach(
            name ->
                rows.add(
                    row(name.replace('_', ' '), e -> Optional.ofNullable(e.drawing().get(name)))));
    for (String name : categories()) {
      rows.add(
          row(
              name + ", strict",
              e -> Optional.ofNullable(e.categories().get(name)).flatMap(c -> c.goldStrict())));
      rows.add(
          row(
              name + ", P(yes)",
              e -> Optional.ofNullable(e.categories().get(name)).map(c -> c.pYes())));
    }
    rows.removeIf(row -> row.get(1).equals("-") && row.get(2).equals("-"));
    return table(List.of("on held-out prompts", "before", "after", "images"), rows);
  }

  List<IntervalPlot.Row> plot() {
    List<IntervalPlot.Row> rows = new ArrayList<>();
    rows.add(new IntervalPlot.Row("all", summary.goldBefore(), summary.goldAfter()));
    for (String name : categories()) {
      rows.add(
          new IntervalPlot.Row(
              name.replace('_', ' '), gold(summary.before(), name), gold(summary.after(), name)));
    }
    rows.removeIf(row -> row.before().isEmpty() && row.after().isEmpty());
    return rows;
  }

  String time() {
    double total = summary.seconds().getOrDefault(StageNames.TOTAL, 0.0);
    List<List<String>> rows = new ArrayList<>();
    for (String stage : StageNames.SHOWN) {
      double seconds = summary.seconds().getOrDefault(stage, 0.0);
      String share = total > 0 ? Text.percent(seconds / total) : "-";
      rows.add(List.of(stage, Text.format("%.1f s", seconds), share));
    }
    rows.add(List.of("total", Text.format("%.1f s", total), ""));
    return table(List.of("where the time went", "wall time", "share"), rows);
  }

  String counts() {
    List<List<String>> rows = new ArrayList<>();
    summary.counts().forEach((name, count) -> rows.add(List.of(words(name), count.toString())));
    return rows.isEmpty() ? "" : table(List.of("counts", "over the run"), rows);
  }

  String findings() {
    if (summary.findings().isEmpty()) {
      return "<p>The reward-hacking monitor found nothing.</p>";
    }
    List<List<String>> rows = new ArrayList<>();
    for (Finding finding : summary.findings()) {
      String window = (finding.firstIteration() + 1) + " to " + (finding.lastIteration() + 1);
      String severity = finding.severity().name().toLowerCase(Locale.ROOT);
      rows.add(
          List.of(severity, finding.rule(), window, finding.message() + " " + finding.advice()));
    }
    return table(List.of("severity", "rule", "iterations", "what was seen, what to do"), rows);
  }

  static String models(RunPlan plan, RunSummary summary) {
    List<List<String>> rows = new ArrayList<>();
    for (RunPlan.Model model : plan.models()) {
      rows.add(List.of(model.role(), model.name(), model.version(), model.digest(), model.note()));
    }
    rows.add(
        List.of(
            "policy",
            "after " + Text.plural(summary.iterations(), "iteration"),
            String.valueOf(summary.policyVersion()),
            summary.policyDigest(),
            ""));
    return table(List.of("role", "model", "version", "sha-256 of the weights", ""), rows);
  }

  private static String words(String count) {
    if (count.startsWith(CountNames.FAILURES_OF_JUDGE)) {
      return "failures of judge " + count.substring(CountNames.FAILURES_OF_JUDGE.length());
    }
    if (count.startsWith(CountNames.LEFT_OUT_JUDGE)) {
      return "without judge " + count.substring(CountNames.LEFT_OUT_JUDGE.length());
    }
    if (count.startsWith(CountNames.FAILURE)) {
      return "failure: " + lower(count.substring(CountNames.FAILURE.length()));
    }
    return count.startsWith(CountNames.SET_ASIDE)
        ? "group set aside: " + lower(count.substring(CountNames.SET_ASIDE.length()))
        : lower(count);
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private List<String> row(String name, Function<Evaluation, Optional<MeanInterval>> number) {
    Optional<MeanInterval> before = summary.before().flatMap(number);
    Optional<MeanInterval> after = summary.after().flatMap(number);
    String images = after.or(() -> before).map(i -> String.valueOf(i.n())).orElse("-");
    return List.of(name, cell(before), cell(after), images);
  }

  private static String cell(Optional<MeanInterval> interval) {
    return interval.map(Text::interval).orElse("-");
  }

  private TreeSet<String> categories() {
    return names(evaluation -> evaluation.categories().keySet());
  }

  private TreeSet<String> names(Function<Evaluation, Collection<String>> of) {
    TreeSet<String> names = new TreeSet<>();
    summary.before().map(of).ifPresent(names::addAll);
    summary.after().map(of).ifPresent(names::addAll);
    return names;
  }

  private static Optional<MeanInterval> gold(Optional<Evaluation> evaluation, String category) {
    return evaluation
        .map(Evaluation::categories)
        .map((Map<String, Evaluation.Category> all) -> all.get(category))
        .flatMap(Evaluation.Category::goldStrict);
  }

  static String table(List<String> heads, List<List<String>> rows) {
    Html out = new Html().raw("<div class=\"scroll\"><table><thead><tr>");
    heads.forEach(head -> out.element("th", head));
    out.raw("</tr></thead><tbody>");
    for (List<String> row : rows) {
      out.raw("<tr>");
      row.forEach(cell -> out.element("td", cell));
      out.raw("</tr>");
    }
    return out.raw("</tbody></table></div>").toString();
  }
}
