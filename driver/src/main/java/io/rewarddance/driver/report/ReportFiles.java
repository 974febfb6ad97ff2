package io.rewarddance.driver.report;

import io.rewarddance.driver.loop.RunHistory;
import io.rewarddance.driver.loop.RunSummary;
import io.rewarddance.rollout.durable.Durable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Writes {@code summary.json} and {@code report.html} into a run directory. */
public final class ReportFiles {
  public static final String REPORT = "report.html";
  public static final String SUMMARY = "summary.json";

  private ReportFiles() {}

  /**
   * Writes both, each in one step: a reader sees the old file or the new one.
   *
   * @param directory the run's
   * @throws IOException when a file can't be written
   */
  public static void write(Path directory, RunHistory history) throws IOException {
    write(new Compared(history.plan().run(), directory, history), List.of());
  }

  /**
   * The same, with the run's curves laid over those of others in the report.
   *
   * @param own the run that the report is of
   * @param others what it is compared with, if anything
   * @return one line on each of the others: whether it is the same, and where they part
   */
  public static List<String> write(Compared own, List<Compared> others) throws IOException {
    RunSummary summary = RunSummary.of(own.history());
    write(own.directory().resolve(SUMMARY), SummaryJson.of(summary));
    ReportPage page = new ReportPage(own, summary, new Comparison(own, others));
    write(own.directory().resolve(REPORT), page.html());
    return new Comparison(own, others).verdicts();
  }

  private static void write(Path file, String text) throws IOException {
    Durable.write(file, text.getBytes(StandardCharsets.UTF_8));
  }
}
