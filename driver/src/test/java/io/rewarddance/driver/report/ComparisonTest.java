package io.rewarddance.driver.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewarddance.driver.loop.IterationRecord;
import io.rewarddance.driver.loop.MetricNames;
import io.rewarddance.driver.loop.RunHistory;
import io.rewarddance.driver.testing.RecordedRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ComparisonTest {
  @TempDir Path temporary;
  private RecordedRun recorded;
  private Compared own;

  @BeforeEach
  void makeRun() throws IOException {
    recorded = new RecordedRun(Files.createDirectories(temporary.resolve("quickstart")));
    own = run("quickstart", recorded.finished(), "threads: 1\ntriton: {endpoints: [embedded]}\n");
  }

  private Compared run(String name, RunHistory history, String config) throws IOException {
    Path directory = Files.createDirectories(temporary.resolve(name));
    Files.writeString(directory.resolve("config.yaml"), config);
    return new Compared(name, directory, history);
  }

  /** The recorded run, with other iterations from one on. */
  private RunHistory changedFrom(int first, UnaryOperator<IterationRecord> change) {
    RunHistory history = recorded.finished();
    List<IterationRecord> records =
        history.iterations().stream()
            .map(record -> record.iteration() < first ? record : change.apply(record))
            .toList();
    return new RunHistory(history.plan(), records, history.evaluations(), history.end());
  }

  private static IterationRecord changed(
      IterationRecord record, String policy, String journalLine, double pYes) {
    TreeMap<String, Double> metrics = new TreeMap<>(record.metrics());
    metrics.merge(MetricNames.P_YES, pYes, Double::sum);
    return new IterationRecord(
        record.iteration(),
        record.policyVersion(),
        policy,
        record.rolloutFile(),
        record.rolloutDigest(),
        metrics,
        record.counts(),
        record.seconds(),
        record.findings(),
        journalLine);
  }

  @Test
  void anEqualRunIsEqualInEveryNumber() throws IOException {
    Compared same = run("same", recorded.finished(), "threads: 1\n");
    Comparison comparison = new Comparison(own, List.of(same));
    assertThat(comparison.verdicts())
        .containsExactly("same: the same to the last bit in all 40 iterations that both have");
    assertThat(comparison.differences())
        .contains(List.of("True alignment", "0 (4 points)"), List.of("KL", "0 (40 points)"))
        .allMatch(row -> row.get(1).startsWith("0 ("));
  }

  @Test
  void whereRunsPartAndHowFarTheyAreApartIsSaid() throws IOException {
    Compared drifted =
        run(
            "drifted",
            changedFrom(
                12,
                r ->
                    changed(
                        r,
                        r.iteration() < 20 ? r.policyDigest() : "ff".repeat(32),
                        "{\"digest\":\"other\"}",
                        r.iteration() == 30 ? -0.25 : 0.01)),
            "threads: 2\ntriton: {endpoints: ['a:1']}\n");
    Comparison comparison = new Comparison(own, List.of(drifted));
    assertThat(DigestComparison.of(own.history(), drifted.history()))
        .isEqualTo(new DigestComparison(40, OptionalInt.of(21), OptionalInt.of(13)));
    assertThat(comparison.verdicts())
        .containsExactly(
            "drifted: policies part in iteration 21, journal digests part in iteration 13;"
                + " intervals of true alignment meet everywhere");
    assertThat(comparison.differences())
        .contains(
            List.of("P(yes), training prompts", "0.25 after iteration 31 (40 points)"),
            List.of("Reward", "0 (40 points)"));
    assertThat(comparison.settings())
        .containsExactly(
            List.of("threads", "1", "2"),
            List.of("triton.endpoints", "[\"embedded\"]", "[\"a:1\"]"));
  }

  @Test
  void aShorterRunIsComparedAsFarAsItGoes() throws IOException {
    Compared killed = run("killed", recorded.killed(12), "");
    Compared empty = run("empty", recorded.failedAtOnce("no"), "");
    Comparison comparison = new Comparison(own, List.of(killed, empty));
    assertThat(comparison.verdicts())
        .containsExactly(
            "killed: the same to the last bit in all 12 iterations that both have",
            "empty: no iteration in common");
    assertThat(comparison.differences().get(0))
        .containsExactly("True alignment", "0 (1 point)", "-");
    assertThat(comparison.times().get(0)).startsWith("total", "118.4 s", "37.6 s");
    assertThat(comparison.times()).contains(List.of("driver's share", "1.0 %", "1.0 %", "-"));
  }

  @Test
  void intervalsThatDontMeetAreCounted() {
    Series one = new Series("", true, List.of(new Series.Point(0, 2, 1, 3), point(15, 5)));
    Series other = new Series("", true, List.of(new Series.Point(0, 4, 3.5, 5), point(30, 5)));
    assertThat(CurveDifference.of(one, other)).contains(new CurveDifference(1, 2, 0, 1));
    assertThat(CurveDifference.of(one, new Series("", true, List.of(point(7, 1))))).isEmpty();
  }

  private static Series.Point point(double x, double y) {
    return new Series.Point(x, y);
  }

  @Test
  void theReportLaysTheCurvesOverEachOther() throws IOException {
    Compared other = run("<other>", recorded.killed(30), "threads: 3\n");
    List<String> verdicts = ReportFiles.write(own, List.of(other));
    assertThat(verdicts).hasSize(1);
    String page = Files.readString(own.directory().resolve(ReportFiles.REPORT));
    assertThat(page)
        .contains("<h2>Compared with other runs</h2>", "&lt;other&gt;: the same to the last bit")
        .contains("<g class=\"tone0 under\">", "<g class=\"tone1 over\">")
        .contains("largest difference from", "settings that differ", "driver&#39;s share")
        .doesNotContain("<other>", "http:", "https:", "<script", "NaN");
    ReportFiles.write(own.directory(), own.history());
    assertThat(Files.readString(own.directory().resolve(ReportFiles.REPORT)))
        .doesNotContain("Compared with other runs", "under\"");
  }

  @Test
  void everyRunOfAComparisonHasAColourOfItsOwn() throws IOException {
    String css =
        new String(
            ReportFiles.class.getResourceAsStream("report.css").readAllBytes(),
            java.nio.charset.StandardCharsets.UTF_8);
    for (int tone = 0; tone <= 5; tone++) {
      assertThat(css.split("--tone" + tone + ": #", -1)).as("light and dark %s", tone).hasSize(3);
      assertThat(css).contains(".tone" + tone + " { --tone: var(--tone" + tone + "); }");
    }
  }
}
