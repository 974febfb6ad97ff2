package io.rewarddance.driver.paper.cells;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rewarddance.driver.engine.LoopEngine;
import io.rewarddance.driver.paper.cell.Cell;
import io.rewarddance.driver.paper.cell.CellKind;
import io.rewarddance.driver.paper.work.CellException;
import io.rewarddance.driver.paper.work.CellNumbers;
import io.rewarddance.driver.paper.work.CellWatch;
import io.rewarddance.driver.paper.work.Layout;
import io.rewarddance.driver.paper.work.Measures;
import io.rewarddance.driver.publish.Trees;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tiny cells on the embedded stack. */
final class LocalCellsTest {
  private static final Path ROOT = Path.of(System.getProperty("rewarddance.root"));
  private static final CellWatch NOBODY = new Watching(0);

  @TempDir private Path out;

  /** Asks for an end after so many iterations; 0 = never. */
  private static final class Watching implements CellWatch {
    private final int last;
    private Runnable stop = () -> {};

    Watching(int last) {
      this.last = last;
    }

    @Override
    public void progress(String part, long done, long total) {
      if (done == last) {
        stop.run();
      }
    }

    @Override
    public void onStop(Runnable stop) {
      this.stop = stop;
    }
  }

  private Layout layout() {
    return new Layout(out);
  }

  private LocalCells cells() throws Exception {
    Path judge = layout().repository().resolve("shapes_judge");
    if (!Files.exists(judge)) {
      Trees.copy(ROOT.resolve("triton-models/repository/shapes_judge"), judge);
    }
    return new LocalCells(new World(ROOT, layout()), new LoopEngine());
  }

  private static Cell cell(String id, CellKind kind, Cell.Search search, String... more) {
    List<String> settings =
        new ArrayList<>(
            List.of(
                "run='tiny'",
                "output='" + Cell.CELL + "'",
                "threads=1",
                "triton.repository='" + Cell.OUT + "/repository'",
                "judges=[{model: shapes_judge, name: judge}]"));
    settings.addAll(List.of(more));
    return new Cell(id, kind, List.of(), 0, 7, List.of(), settings, 1, search);
  }

  private static Cell run(String id) {
    return cell(
        id,
        CellKind.RUN,
        null,
        "rollouts.iterations=2",
        "rollouts.groups=2",
        "rollouts.group_size=3",
        "rollouts.steps=3",
        "training.minibatch=6",
        "training.passes=1",
        "evaluate.held_out_images=6",
        "evaluate.grid=2");
  }

  private CellNumbers done(Cell cell) throws Exception {
    return cells().run(cell, layout().cell(cell), NOBODY);
  }

  @Test
  void anInterruptedRunGoesOnToTheSameNumbersAndKeepsLittle() throws Exception {
    Cell cell = run("ladder/one");
    assertThatThrownBy(() -> cells().run(cell, layout().cell(cell), new Watching(1)))
        .isInstanceOfSatisfying(
            CellException.class,
            e -> assertThat(e.reason()).isEqualTo(CellException.Reason.STOPPED));
    CellNumbers resumed = done(cell);
    CellNumbers straight = done(run("ladder/two"));
    assertThat(resumed.output()).isEqualTo(straight.output()).hasSize(64);
    assertThat(resumed.values())
        .isEqualTo(straight.values())
        .containsKeys(Measures.GOLD_BEFORE, Measures.GOLD_AFTER, Measures.SIGMA_LATE);
    assertThat(resumed.curves().get(Measures.P_YES)).hasSize(2);
    assertThat(done(cell).output()).as("of a finished one").isEqualTo(resumed.output());

    Path directory = layout().cell(cell);
    assertThat(directory.resolve("experiment.yaml")).content().contains("shapes_judge");
    assertThat(directory.resolve("tiny/report.html")).exists();
    assertThat(directory.resolve("tiny/backend")).doesNotExist();
    assertThat(directory.resolve("tiny/rollouts")).doesNotExist();
    try (Stream<Path> policies = Files.list(directory.resolve("tiny/policies"))) {
      assertThat(policies).hasSize(1);
    }
  }

  @Test
  void aSearchIsMeasuredBesideBestOfNAndPlainImages() throws Exception {
    Cell cell = cell("search/one", CellKind.SEARCH, new Cell.Search(3, 48), "run='search'");
    CellNumbers numbers = done(cell);
    assertThat(numbers.values())
        .containsKeys(
            Measures.GOLD_AFTER,
            Measures.GOLD_BEST_OF_N,
            Measures.GOLD_BEFORE,
            Measures.P_YES_AFTER);
    assertThat(numbers.values().get(Measures.GOLD_AFTER).n()).isEqualTo(3);
    assertThat(layout().cell(cell).resolve("search/search.html")).exists();
    assertThat(layout().cell(cell).resolve("command.txt")).content().contains("--n 3 --budget 48");
    assertThat(done(cell).output()).isEqualTo(numbers.output());
  }

  @Test
  void settingsThatCannotBeUsedAreSaid() throws Exception {
    Cell cell = cell("ladder/bad", CellKind.RUN, null, "rollouts.groups=0");
    assertThatThrownBy(() -> done(cell))
        .isInstanceOfSatisfying(
            CellException.class,
            e -> assertThat(e.reason()).isEqualTo(CellException.Reason.SETTINGS))
        .hasMessageContaining("rollouts.groups");
  }
}
