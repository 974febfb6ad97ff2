package io.rewarddance.driver.report;

import io.rewarddance.driver.format.Text;
import io.rewarddance.metrics.stat.MeanInterval;
import io.rewarddance.proto.training.JudgeUpdateResult;
import io.rewarddance.proto.training.JudgeUpdateResult.Score;
import io.rewarddance.proto.training.JudgeUpdateResult.Validation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** The report of a judge's training: one page that needs nothing beside it. */
public final class JudgePage {
  /**
   * What the page is about.
   *
   * @param title name of the judge
   * @param lines below it
   * @param best number of the update that was kept
   * @param whole all domains of a set as one
   * @param calibrationError of a score
   * @param yaml all settings
   */
  public record Content(
      String title,
      List<String> lines,
      List<JudgeUpdateResult> results,
      int best,
      Function<Validation, Score> whole,
      ToDoubleFunction<Score> calibrationError,
      String yaml) {
    public Content {
      lines = List.copyOf(lines);
      results = List.copyOf(results);
    }
  }

  private final Content content;

  public JudgePage(Content content) {
    this.content = content;
  }

  public String html() {
    Html out = Page.begin(content.title());
    out.raw("<header>").element("h1", content.title());
    content.lines().forEach(line -> out.element("p", line));
    out.raw("</header><section class=\"result\"><h2>Agreement with annotators</h2>");
    out.element(
        "p class=\"note\"",
        "Of the update that was kept: share of pairs whose preferred image gets the larger probability.");
    table(out);
    out.raw("</section><section><h2>Over the updates</h2>");
    ReportPage.charts(out, charts());
    out.raw("</section><section><h2>Reliability</h2>");
    out.element(
        "p class=\"note\"",
        "P(second is better) as the judge says, across; how often the second was preferred, up.");
    out.raw("<div class=\"charts\">");
    for (Validation set : kept().validation()) {
      out.raw("<figure class=\"chart\">").element("h3", set.name());
      Score whole = content.whole().apply(set);
      out.raw(Reliability.svg(set.name(), whole.calibration())).raw("</figure>");
    }
    out.raw("</div></section><section><details><summary>Settings</summary>");
    out.element("pre", content.yaml()).raw("</details></section>");
    return Page.end(out);
  }

  private JudgeUpdateResult kept() {
    return content.results().get(content.best());
  }

  private void table(Html out) {
    out.raw("<table><thead><tr>");
    for (String head :
        List.of("set", "domain", "accuracy", "pairs", "log loss", "calibration error")) {
      out.element("th", head);
    }
    out.raw("</tr></thead><tbody>");
    for (Validation set : kept().validation()) {
      row(out, set.name(), "all", content.whole().apply(set));
      for (Map.Entry<String, Score> domain : set.domains().entrySet()) {
        row(out, "", domain.getKey().isEmpty() ? "(none)" : domain.getKey(), domain.getValue());
      }
    }
    out.raw("</tbody></table>");
  }

  private void row(Html out, String set, String domain, Score score) {
    out.raw("<tr>").element("td", set).element("td", domain);
    out.element("td", Text.interval(MeanInterval.wilson(score.right(), score.total())));
    out.element("td", Integer.toString(score.total()));
    out.element("td", Text.number(score.logLoss()));
    out.element("td", Text.number(content.calibrationError().applyAsDouble(score))).raw("</tr>");
  }

  private List<Chart> charts() {
    List<Chart> charts = new ArrayList<>();
    charts.add(
        chart(
            "Accuracy",
            "by validation set",
            bySet(score -> (double) score.right() / score.total())));
    charts.add(chart("Log loss", "by validation set, nats", bySet(Score::logLoss)));
    charts.add(
        chart("Training loss", "mean of each update", List.of(series("loss", r -> r.loss()))));
    charts.add(
        chart(
            "Accuracy while training",
            "questions answered rightly before they were learned from",
            List.of(series("share", r -> r.trainAccuracy()))));
    charts.add(
        chart("Gradient norm", "before clipping", List.of(series("norm", r -> r.gradientNorm()))));
    return charts;
  }

  private static Chart chart(String title, String note, List<Series> series) {
    return new Chart(title, note, false, series);
  }

  private List<Series> bySet(ToDoubleFunction<Score> number) {
    List<Series> all = new ArrayList<>();
    for (int s = 0; s < kept().validation().size(); s++) {
      int set = s;
      all.add(
          series(
              kept().validation().get(s).name(),
              result -> number.applyAsDouble(content.whole().apply(result.validation().get(set)))));
    }
    return all;
  }

  private Series series(String name, ToDoubleFunction<JudgeUpdateResult> number) {
    List<Series.Point> points = new ArrayList<>();
    for (JudgeUpdateResult result : content.results()) {
      points.add(new Series.Point(result.step() + 1, number.applyAsDouble(result)));
    }
    return new Series(name, false, points);
  }
}
