package io.rewarddance.driver.paper.cells;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewarddance.driver.config.ConfigLoader;
import io.rewarddance.driver.config.RunConfig;
import io.rewarddance.driver.paper.cell.Cell;
import io.rewarddance.driver.paper.cell.CellGraph;
import io.rewarddance.driver.paper.cell.CellKind;
import io.rewarddance.driver.paper.cell.Profile;
import io.rewarddance.driver.paper.cell.Table;
import io.rewarddance.driver.paper.work.Layout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The settings of every cell over the templates of the project. */
final class CellSettingsTest {
  private static final Path ROOT = Path.of(System.getProperty("rewarddance.root"));

  @TempDir private Path out;

  private RunConfig config(World world, Cell cell) throws Exception {
    world.prepareRepository();
    return new ConfigLoader().load(world.template(cell.kind()), world.settings(cell)).config();
  }

  /** All cells, with the models that judges would have been published as. */
  private List<Cell> cells(Profile profile) throws IOException {
    List<Cell> cells = CellGraph.of(profile, List.of(7L));
    for (Cell cell : cells) {
      if (cell.kind() == CellKind.JUDGE) {
        Path model = out.resolve("repository").resolve(cell.name().replace('-', '_'));
        Files.createDirectories(model);
        Files.writeString(model.resolve("config.pbtxt"), "");
      }
    }
    return cells;
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void allRunsAndSearchesCanBeRun(Profile profile) throws Exception {
    World world = new World(ROOT, new Layout(out));
    Set<Path> directories = new HashSet<>();
    for (Cell cell : cells(profile)) {
      if (cell.kind() == CellKind.RUN || cell.kind() == CellKind.SEARCH) {
        RunConfig config = config(world, cell);
        assertThat(config.seed()).isEqualTo(7);
        assertThat(config.judges()).hasSize(1);
        assertThat(directories.add(config.directory())).isTrue();
        assertThat(config.directory()).startsWithRaw(out.resolve("cells").resolve(cell.id()));
        assertThat(config.triton().repository()).contains(out.resolve("repository"));
      }
    }
  }

  @Test
  void onlyTheJudgeDiffersOnTheLadder() throws Exception {
    World world = new World(ROOT, new Layout(out));
    Set<Object> settings = new HashSet<>();
    for (Cell cell : cells(Profile.FULL)) {
      if (cell.kind() == CellKind.RUN && cell.isPartOf(Table.LADDER)) {
        RunConfig config = config(world, cell);
        settings.add(
            List.of(config.rollouts(), config.training(), config.evaluate(), config.advantage()));
        assertThat(config.judges().get(0).model()).contains("_" + cell.name().split("-")[0] + "_");
      }
    }
    assertThat(settings).hasSize(1);
  }

  @Test
  void inputsFollowSettingsAndNotTheDirectory(@TempDir Path other) throws Exception {
    Cell cell = CellGraph.of(Profile.SMOKE, List.of(7L)).get(3);
    Cell later = CellGraph.of(Profile.SMOKE, List.of(8L)).get(3);
    assertThat(cell.kind()).isEqualTo(CellKind.RUN);
    Inputs here = new Inputs(new World(ROOT, new Layout(out)));
    Inputs there = new Inputs(new World(ROOT, new Layout(other)));
    assertThat(there.of(cell)).isEqualTo(here.of(cell)).isNotEqualTo(here.of(later));
  }
}
