package io.rewarddance.driver.paper.cells;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewarddance.driver.engine.LoopEngine;
import io.rewarddance.driver.paper.cell.Cell;
import io.rewarddance.driver.paper.cell.CellGraph;
import io.rewarddance.driver.paper.cell.Profile;
import io.rewarddance.driver.paper.work.CellNumbers;
import io.rewarddance.driver.paper.work.CellWatch;
import io.rewarddance.driver.paper.work.Layout;
import io.rewarddance.driver.paper.work.Measures;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Preferences and a judge, as small as they can be, from the templates of the project. */
final class JudgeCellsTest {
  private static final Path ROOT = Path.of(System.getProperty("rewarddance.root"));
  private static final CellWatch NOBODY =
      new CellWatch() {
        @Override
        public void progress(String part, long done, long total) {}

        @Override
        public void onStop(Runnable stop) {}
      };

  @TempDir private Path out;

  private static Cell cell(String id, String... more) {
    Cell cell =
        CellGraph.of(Profile.SMOKE, List.of(7L)).stream()
            .filter(one -> one.id().equals(id))
            .findFirst()
            .orElseThrow();
    List<String> settings = new ArrayList<>(cell.settings());
    settings.add("threads=1");
    settings.addAll(List.of(more));
    return new Cell(
        cell.id(),
        cell.kind(),
        cell.roles(),
        cell.round(),
        cell.seed(),
        cell.needs(),
        settings,
        cell.work(),
        cell.search());
  }

  private CellNumbers done(Cell cell) throws Exception {
    Layout layout = new Layout(out);
    return new LocalCells(new World(ROOT, layout), new LoopEngine())
        .run(cell, layout.cell(cell), NOBODY);
  }

  @Test
  void aJudgeIsTrainedOnThePreferencesAndPublishedForRuns() throws Exception {
    CellNumbers collected = done(cell("preferences/shared", "sets[0].groups=6"));
    assertThat(collected.values())
        .containsKeys(Measures.PAIRS_OF + "train", Measures.AGREEMENT_OF + "corrupted");
    assertThat(collected.output()).hasSize(64);

    Cell judge = cell("judge/pointwise-generative-xs-seed7", "updates=1", "steps=2");
    CellNumbers trained = done(judge);
    assertThat(trained.values())
        .containsKeys(
            Measures.ACCURACY_IN, Measures.ACCURACY_OUT, Measures.ACCURACY_OF + "selection");
    int outOfDomain =
        List.of("new-prompts", "new-source", "corrupted").stream()
            .mapToInt(set -> trained.values().get(Measures.ACCURACY_OF + set).n())
            .sum();
    assertThat(trained.values().get(Measures.ACCURACY_OUT).n()).isEqualTo(outOfDomain);
    assertThat(trained.curves().get(Measures.SELECTION_LOSS)).hasSize(1);
    assertThat(out.resolve("repository/pointwise_generative_xs_seed7/config.pbtxt")).exists();
    assertThat(out.resolve("cells").resolve(judge.id()).resolve("judge.yaml")).exists();
    assertThat(done(judge).output()).as("of a finished one").isEqualTo(trained.output());
  }

  @Test
  void aJudgeLearnsReasonsFromPreferencesThatHaveThem() throws Exception {
    done(cell("preferences/shared", "sets[0].groups=6"));
    done(cell("preferences/with-reasons", "sets[0].groups=6"));
    CellNumbers trained =
        done(
            cell(
                "judge/pairwise-generative-reasons-m-seed7",
                "base=triton-models/bases/shapes_vlm_xs",
                "updates=1",
                "steps=2"));
    assertThat(trained.values()).containsKey(Measures.ACCURACY_OUT);
  }
}
