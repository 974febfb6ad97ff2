package io.rewarddance.driver.paper.page;

import io.rewarddance.driver.format.Text;
import io.rewarddance.driver.paper.cell.CellKind;
import io.rewarddance.driver.paper.cell.Rung;
import io.rewarddance.driver.paper.cell.Table;
import io.rewarddance.driver.paper.claim.Average;
import io.rewarddance.driver.paper.claim.Evidence;
import io.rewarddance.driver.paper.work.Measures;
import io.rewarddance.driver.report.CategoryChart;
import io.rewarddance.driver.report.Html;
import io.rewarddance.driver.report.Page;
import io.rewarddance.driver.report.ScatterChart;
import io.rewarddance.metrics.stat.MeanInterval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** Everything by size of judge: table 2, figures 5 and 6, and what predicts the result of RL. */
final class LadderSection {
  private static final List<String> SIZES = Arrays.stream(Rung.values()).map(Rung::label).toList();
  private static final List<String> PAPER_SIZES =
      Arrays.stream(Rung.values()).map(Rung::standsFor).toList();

  private final Evidence evidence;

  LadderSection(Evidence evidence) {
    this.evidence = evidence;
  }

  String html() {
    Html out = new Html();
    out.raw(table());
    out.element("p", premise());
    out.raw(new Convergence(evidence).html());
    out.raw("<div class=\"charts\">");
    pair(
        out,
        "True alignment after RL and search",
        "strict gold, held-out prompts; line: mean over seeds with its interval, small dots: seeds",
        List.of(
            line("after RL", CellKind.RUN, Measures.GOLD_AFTER, true),
            line("search", CellKind.SEARCH, Measures.GOLD_AFTER, true),
            line("before", CellKind.RUN, Measures.GOLD_BEFORE, true)),
        "table 2, Seedream-3.0-SFT, 74.1 before",
        List.of(paper("RL", PaperNumbers.GOLD_RL), paper("search", PaperNumbers.GOLD_SEARCH)));
    pair(
        out,
        "Accuracy of judges",
        "share of pairs answered as the annotator did",
        List.of(
            line("in domain", CellKind.JUDGE, Measures.ACCURACY_IN, true),
            line("out of domain", CellKind.JUDGE, Measures.ACCURACY_OUT, true)),
        "table 2, %",
        List.of(
            paper("in domain", PaperNumbers.ACCURACY_IN),
            paper("out of domain", PaperNumbers.ACCURACY_OUT)));
    pair(
        out,
        "Reward sigma late in training",
        "over the last window of iterations",
        List.of(line("sigma", CellKind.RUN, Measures.SIGMA_LATE, false)),
        "figure 5, text-to-image",
        List.of(paper("sigma", PaperNumbers.SIGMA)));
    SizeCurves curves = new SizeCurves(evidence);
    out.raw(
        Page.figure(
            "Reward sigma over iterations",
            "of the first seed, by size",
            curves.html(CellKind.RUN, Measures.SIGMA)));
    out.raw(
        Page.figure(
            "Loss on the selection set over updates",
            "of the first seed, by size, nats; the update where it is least is kept",
            curves.html(CellKind.JUDGE, Measures.SELECTION_LOSS)));
    figure(
        out,
        "Rank correlation with gold",
        "of P(yes) and graded gold, inside groups of images of one prompt, before RL",
        List.of(line("rank correlation", CellKind.SEARCH, Measures.RANK, false)),
        SIZES);
    scatter(out, "Accuracy out of domain and gold after RL", CellKind.JUDGE, Measures.ACCURACY_OUT);
    scatter(out, "Accuracy in domain and gold after RL", CellKind.JUDGE, Measures.ACCURACY_IN);
    scatter(out, "Rank correlation and gold after RL", CellKind.SEARCH, Measures.RANK);
    return out.raw("</div>").toString();
  }

  /** Where findings on size fail, this is the first thing to look at. */
  private String premise() {
    return "From the smallest to the largest judge: accuracy out of domain "
        + span(CellKind.JUDGE, Measures.ACCURACY_OUT)
        + ", rank correlation "
        + span(CellKind.SEARCH, Measures.RANK)
        + ", gold after RL "
        + span(CellKind.RUN, Measures.GOLD_AFTER)
        + ", gold of search "
        + span(CellKind.SEARCH, Measures.GOLD_AFTER)
        + ". Judges that hardly differ can't show what size brings; nor can they where all of them lead RL to"
        + " what the generator is able to draw.";
  }

  private String span(CellKind kind, String measure) {
    Rung[] rungs = Rung.values();
    return end(rungs[0], kind, measure) + " to " + end(rungs[rungs.length - 1], kind, measure);
  }

  private String end(Rung rung, CellKind kind, String measure) {
    return Average.of(values(rung, kind, measure), false)
        .map(mean -> Text.format("%.3f", mean.mean()))
        .orElse("-");
  }

  private String table() {
    List<List<String>> rows = new ArrayList<>();
    for (Rung rung : Rung.values()) {
      rows.add(
          List.of(
              rung.label() + " (" + rung.standsFor() + ")",
              cell(rung, CellKind.JUDGE, Measures.ACCURACY_IN, true),
              cell(rung, CellKind.JUDGE, Measures.ACCURACY_OUT, true),
              cell(rung, CellKind.SEARCH, Measures.RANK, false),
              cell(rung, CellKind.RUN, Measures.GOLD_BEFORE, true),
              cell(rung, CellKind.RUN, Measures.GOLD_AFTER, true),
              cell(rung, CellKind.SEARCH, Measures.GOLD_AFTER, true),
              cell(rung, CellKind.SEARCH, Measures.GOLD_BEST_OF_N, true),
              cell(rung, CellKind.RUN, Measures.SIGMA_LATE, false),
              String.valueOf(values(rung, CellKind.RUN, Measures.GOLD_AFTER).size())));
    }
    return Page.table(
        List.of(
            "judge",
            "accuracy in domain",
            "out of domain",
            "rank correlation",
            "gold before",
            "after RL",
            "search",
            "best of N",
            "sigma late",
            "seeds"),
        rows);
  }

  private String cell(Rung rung, CellKind kind, String measure, boolean share) {
    return Average.of(values(rung, kind, measure), share).map(Text::interval).orElse("-");
  }

  private SortedMap<Long, MeanInterval> values(Rung rung, CellKind kind, String measure) {
    return evidence.values(Table.LADDER, rung.label(), kind, measure);
  }

  private CategoryChart.Line line(String name, CellKind kind, String measure, boolean share) {
    List<Optional<MeanInterval>> means = new ArrayList<>();
    List<List<Double>> single = new ArrayList<>();
    for (Rung rung : Rung.values()) {
      SortedMap<Long, MeanInterval> values = values(rung, kind, measure);
      means.add(Average.of(values, share));
      single.add(values.values().stream().map(MeanInterval::mean).toList());
    }
    return new CategoryChart.Line(name, means, single);
  }

  private static CategoryChart.Line paper(String name, double[] values) {
    List<Optional<MeanInterval>> means = new ArrayList<>();
    for (double value : values) {
      means.add(Optional.of(new MeanInterval(value, value, value, 1)));
    }
    return new CategoryChart.Line(name, means, List.of());
  }

  private static void pair(
      Html out,
      String title,
      String note,
      List<CategoryChart.Line> ours,
      String source,
      List<CategoryChart.Line> papers) {
    figure(out, title, note, ours, SIZES);
    figure(out, title + ": the paper", source, papers, PAPER_SIZES);
  }

  private static void figure(
      Html out, String title, String note, List<CategoryChart.Line> lines, List<String> sizes) {
    String drawing = new CategoryChart(sizes, lines).html();
    out.raw(Page.figure(title, note, drawing.isEmpty() ? Missing.TEXT : drawing));
  }

  private void scatter(Html out, String title, CellKind kind, String measure) {
    List<ScatterChart.Dot> dots = new ArrayList<>();
    for (Rung rung : Rung.values()) {
      SortedMap<Long, MeanInterval> gold = values(rung, CellKind.RUN, Measures.GOLD_AFTER);
      for (Map.Entry<Long, MeanInterval> x : values(rung, kind, measure).entrySet()) {
        Optional.ofNullable(gold.get(x.getKey()))
            .ifPresent(
                y -> dots.add(new ScatterChart.Dot(rung.ordinal(), x.getValue().mean(), y.mean())));
      }
    }
    String drawing = new ScatterChart(SIZES, dots).html();
    String note = "one dot for each (size, seed); across: the predictor, up: strict gold after RL";
    out.raw(Page.figure(title, note, drawing.isEmpty() ? Missing.TEXT : drawing));
  }
}
