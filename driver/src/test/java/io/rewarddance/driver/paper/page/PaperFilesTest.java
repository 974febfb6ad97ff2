package io.rewarddance.driver.paper.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewarddance.driver.paper.cell.Cell;
import io.rewarddance.driver.paper.cell.CellGraph;
import io.rewarddance.driver.paper.cell.CellKind;
import io.rewarddance.driver.paper.cell.Profile;
import io.rewarddance.driver.paper.cell.Role;
import io.rewarddance.driver.paper.cell.Rung;
import io.rewarddance.driver.paper.cell.Table;
import io.rewarddance.driver.paper.claim.Claim;
import io.rewarddance.driver.paper.claim.Verdict;
import io.rewarddance.driver.paper.work.Chosen;
import io.rewarddance.driver.paper.work.FakeCells;
import io.rewarddance.driver.paper.work.Layout;
import io.rewarddance.driver.paper.work.Measures;
import io.rewarddance.driver.paper.work.Reproduction;
import io.rewarddance.driver.paper.work.ReproductionListener;
import io.rewarddance.driver.paper.work.Standing;
import io.rewarddance.driver.paper.work.Stopping;
import io.rewarddance.metrics.stat.MeanInterval;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PaperFilesTest {
  private static final List<Long> SEEDS = List.of(7L, 11L, 23L);

  @TempDir private Path out;

  /** A world in which the size of the judge is all that matters. */
  private static Map<String, MeanInterval> sizeMatters(Cell cell) {
    int size =
        cell.roles().stream()
            .filter(role -> role.table() == Table.LADDER)
            .map(Role::arm)
            .mapToInt(arm -> Rung.of(arm).ordinal())
            .findFirst()
            .orElse(2);
    int seed = (int) (cell.seed() % 5);
    MeanInterval gold = MeanInterval.wilson(200 + 20 * size + seed, 480);
    MeanInterval accuracy = MeanInterval.wilson(600 + 40 * size + seed, 1000);
    return switch (cell.kind()) {
      case PREFERENCES -> Map.of();
      case JUDGE -> Map.of(Measures.ACCURACY_OUT, accuracy, Measures.ACCURACY_IN, accuracy);
      case RUN ->
          Map.of(Measures.GOLD_BEFORE, MeanInterval.wilson(100, 480), Measures.GOLD_AFTER, gold);
      case SEARCH -> Map.of(Measures.GOLD_AFTER, gold);
    };
  }

  private Map<String, Verdict> verdicts(Profile profile, List<Long> seeds) throws IOException {
    Layout layout = new Layout(out);
    Standing standing =
        new Reproduction(
                layout,
                CellGraph.of(profile, seeds),
                1e9,
                new FakeCells(PaperFilesTest::sizeMatters),
                new ReproductionListener() {},
                new Stopping())
            .run();
    return PaperFiles.write(layout, new Chosen(profile, seeds), standing).stream()
        .collect(Collectors.toMap(Claim::id, claim -> claim.ruling().verdict()));
  }

  @Test
  void verdictsFollowTheMeasurements() throws IOException {
    Map<String, Verdict> verdicts = verdicts(Profile.FULL, SEEDS);
    assertThat(verdicts)
        .containsEntry("rl-grows-with-size", Verdict.REPRODUCED)
        .containsEntry("search-grows-with-size", Verdict.REPRODUCED)
        .containsEntry("out-of-domain-predicts", Verdict.REPRODUCED)
        .containsEntry("out-of-domain-predicts-better", Verdict.NOT_REPRODUCED)
        .containsEntry("reasons-help", Verdict.UNDECIDED)
        .containsEntry("weak-judges-are-hacked", Verdict.NOT_REPRODUCED)
        .containsEntry("generator-size", Verdict.OUT_OF_REACH);
  }

  @Test
  void oneSeedDecidesNothing() throws IOException {
    assertThat(verdicts(Profile.SHORT, List.of(7L)).values())
        .containsOnly(Verdict.UNDECIDED, Verdict.OUT_OF_REACH);
  }

  @Test
  void thePageIsOneFileAndSaysWhatWasMeasured() throws IOException {
    verdicts(Profile.SHORT, SEEDS);
    String page = Files.readString(out.resolve("report.html"));
    assertThat(page)
        .startsWith("<!doctype html>")
        .doesNotContain("http://", "https://", "src=")
        .contains("table 2", "84.8", "figure 7", "out of reach", "cells/ladder/xl-seed23")
        .contains("<b class=\"reproduced\">");
    assertThat(Files.readString(out.resolve("findings.json")))
        .contains("\"rl-grows-with-size\"", "\"verdict\" : \"reproduced\"");
  }

  @Test
  void nothingDoneIsAPageToo() throws IOException {
    Standing none = new Standing(CellGraph.of(Profile.FULL, SEEDS), Map.of());
    PaperFiles.write(new Layout(out), new Chosen(Profile.FULL, SEEDS), none);
    assertThat(Files.readString(out.resolve("report.html")))
        .contains("not begun: undecided at this budget", "Nothing measured yet.");
    assertThat(none.cells()).anyMatch(cell -> cell.kind() == CellKind.SEARCH);
  }
}
