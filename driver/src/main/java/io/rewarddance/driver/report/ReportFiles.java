package io.rewarddance.driver.report;

import io.rewarddance.driver.loop.RunHistory;
import io.rewarddance.driver.loop.RunSummary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

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
    RunSummary summary = RunSummary.of(history);
    replace(directory.resolve(SUMMARY), SummaryJson.of(summary));
    replace(directory.resolve(REPORT), new ReportPage(directory, history, summary).html());
  }

  private static void replace(Path file, String text) throws IOException {
    Path temporary = file.resolveSibling("." + file.getFileName() + ".tmp");
    Files.write(temporary, text.getBytes(StandardCharsets.UTF_8));
    Files.move(
        temporary, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }
}
