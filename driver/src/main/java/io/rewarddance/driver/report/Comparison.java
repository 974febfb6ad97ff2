package io.rewarddance.driver.report;

import io.rewarddance.driver.format.Text;
import io.rewarddance.driver.loop.RunSummary;
import io.rewarddance.driver.loop.StageNames;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Stream;

/** A run beside others: curves laid over each other, and how far they are apart. */
final class Comparison {
  private static final List<String> STAGES =
      List.of(
          StageNames.GENERATE,
          StageNames.JUDGE,
          StageNames.STORE,
          StageNames.UPDATE,
          StageNames.PUBLISH,
          StageNames.EVALUATE,
          StageNames.DRIVER);

  private final Compared own;
  private final List<Compared> others;

  /**
   * @param others may be none
   */
  Comparison(Compared own, List<Compared> others) {
    this.own = own;
    this.others = List.copyOf(others);
  }

  List<Chart> charts() {
    List<Chart> charts = new ArrayList<>();
    for (ComparedCurve curve : ComparedCurve.ALL) {
      List<Series> series = new ArrayList<>();
      List<Compared> all = all();
      for (int i = 0; curve.drawn() && i < all.size(); i++) {
        series.add(curve.series().apply(all.get(i).history()).ofRun(i, all.get(i).name()));
      }
      charts.add(new Chart(curve.title(), curve.note(), curve.logarithmic(), series));
    }
    charts.removeIf(Chart::empty);
    return charts;
  }

  boolean isEmpty() {
    return others.isEmpty();
  }

  /** For each other run one sentence that says whether it is the same. */
  List<String> verdicts() {
    return others.stream().map(this::verdict).toList();
  }

  private String verdict(Compared other) {
    DigestComparison digests = DigestComparison.of(own.history(), other.history());
    String common = Text.plural(digests.iterations(), "iteration");
    if (digests.iterations() == 0) {
      return other.name() + ": no iteration in common";
    }
    if (digests.equal()) {
      return other.name() + ": the same to the last bit in all " + common + " that both have";
    }
    return other.name()
        + ": policies "
        + parts(digests.policiesPart(), common)
        + ", journal digests "
        + parts(digests.journalsPart(), common)
        + goldApart(other);
  }

  private static String parts(OptionalInt iteration, String common) {
    return iteration.isPresent()
        ? "part in iteration " + iteration.getAsInt()
        : "are the same in all " + common;
  }

  private String goldApart(Compared other) {
    Optional<CurveDifference> gold = difference(ComparedCurve.ALL.get(0), other);
    if (gold.isEmpty()) {
      return "";
    }
    return gold.get().apart() == 0
        ? "; intervals of true alignment meet everywhere"
        : "; intervals of true alignment don't meet at "
            + gold.get().apart()
            + " of "
            + gold.get().points()
            + " points";
  }

  private Optional<CurveDifference> difference(ComparedCurve curve, Compared other) {
    return CurveDifference.of(
        curve.series().apply(own.history()), curve.series().apply(other.history()));
  }

  /** Rows: the curve, then for each other run how far it is away and where. */
  List<List<String>> differences() {
    List<List<String>> rows = new ArrayList<>();
    for (ComparedCurve curve : ComparedCurve.ALL) {
      List<Optional<CurveDifference>> all =
          others.stream().map(other -> difference(curve, other)).toList();
      if (all.stream().anyMatch(Optional::isPresent)) {
        List<String> row = new ArrayList<>(List.of(curve.title()));
        all.forEach(difference -> row.add(difference.map(Comparison::cell).orElse("-")));
        rows.add(row);
      }
    }
    return rows;
  }

  private static String cell(CurveDifference difference) {
    String points = " (" + Text.plural(difference.points(), "point") + ")";
    return difference.largest() == 0
        ? "0" + points
        : Text.format("%.2g", difference.largest())
            + " after iteration "
            + difference.at()
            + points;
  }

  /** Rows: the stage, then the seconds of each run; the last one is the driver's share. */
  List<List<String>> times() {
    List<RunSummary> summaries = all().stream().map(Compared::history).map(RunSummary::of).toList();
    List<List<String>> rows = new ArrayList<>();
    rows.add(row("total", summaries, s -> Text.format("%.1f s", seconds(s, StageNames.TOTAL))));
    for (String stage : STAGES) {
      rows.add(row(stage, summaries, s -> Text.format("%.1f s", seconds(s, stage))));
    }
    rows.add(row("driver's share", summaries, Comparison::share));
    return rows;
  }

  private static String share(RunSummary summary) {
    double total = seconds(summary, StageNames.TOTAL);
    return total > 0 ? Text.percent(seconds(summary, StageNames.DRIVER) / total) : "-";
  }

  private static List<String> row(
      String name, List<RunSummary> summaries, Function<RunSummary, String> cell) {
    return Stream.concat(Stream.of(name), summaries.stream().map(cell)).toList();
  }

  private static double seconds(RunSummary summary, String stage) {
    return summary.seconds().getOrDefault(stage, 0.0);
  }

  /** Rows: the setting, then its value in each run. */
  List<List<String>> settings() {
    List<Path> directories = all().stream().map(Compared::directory).toList();
    return SettingsDifference.of(directories).stream()
        .map(d -> Stream.concat(Stream.of(d.key()), d.values().stream()).toList())
        .toList();
  }

  /** The names of all runs, the page's own first. */
  List<String> names() {
    return all().stream().map(Compared::name).toList();
  }

  private List<Compared> all() {
    return Stream.concat(Stream.of(own), others.stream()).toList();
  }
}
