package io.rewarddance.driver.paper.cell;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class CellGraphTest {
  private static final List<Long> SEEDS = List.of(7L, 11L, 23L);

  @ParameterizedTest
  @EnumSource(Profile.class)
  void whatACellNeedsComesBeforeIt(Profile profile) {
    Set<String> before = new HashSet<>();
    for (Cell cell : CellGraph.of(profile, SEEDS)) {
      assertThat(before).as(cell.id()).containsAll(cell.needs());
      assertThat(before.add(cell.id())).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void everyTableGetsOneSeedBeforeAnyGetsTheNext(Profile profile) {
    int round = 0;
    Set<Table> tables = new HashSet<>();
    for (Cell cell : CellGraph.of(profile, SEEDS)) {
      if (cell.round() > round) {
        assertThat(tables).as("round " + round).containsExactlyInAnyOrder(Table.values());
        tables.clear();
      }
      assertThat(cell.round()).isBetween(round, round + 1);
      round = cell.round();
      cell.roles().forEach(role -> tables.add(role.table()));
    }
    assertThat(round).isEqualTo(2);
  }

  @Test
  void theLadderHasAllSizesWithTheSameDataAndSteps() {
    List<Cell> cells = CellGraph.of(Profile.FULL, SEEDS);
    for (Rung rung : Rung.values()) {
      for (CellKind kind : List.of(CellKind.JUDGE, CellKind.RUN, CellKind.SEARCH)) {
        assertThat(cells)
            .filteredOn(c -> c.kind() == kind)
            .filteredOn(c -> c.roles().contains(new Role(Table.LADDER, rung.label())))
            .as(rung + " " + kind)
            .hasSize(3);
      }
    }
    List<List<String>> trained =
        cells.stream()
            .filter(c -> c.kind() == CellKind.JUDGE && c.isPartOf(Table.LADDER) && c.round() == 0)
            .map(
                c -> c.settings().stream().filter(s -> !s.matches("(judge|base|publish.model)=.*")))
            .map(settings -> settings.toList())
            .distinct()
            .toList();
    assertThat(trained).hasSize(1);
  }

  @Test
  void tablesShareTheCellsThatAreTheSame() {
    List<Cell> cells = CellGraph.of(Profile.SHORT, List.of(7L));
    Cell middle = byId(cells, "ladder/m-seed7");
    assertThat(middle.roles())
        .containsExactly(
            new Role(Table.LADDER, "m"),
            new Role(Table.PARADIGMS, "pointwise-generative"),
            new Role(Table.ALGORITHMS, "nft"));
    assertThat(byId(cells, "references/best-2-of-16-seed7").roles())
        .contains(
            new Role(Table.PARADIGMS, "pairwise-generative"), new Role(Table.REASONS, "without"));
  }

  @Test
  void aBudgetGetsTheLargestProfileThatItIsEnoughFor() {
    assertThat(Profile.of(Duration.ofMinutes(5))).isEqualTo(Profile.SMOKE);
    assertThat(Profile.of(Duration.ofMinutes(30))).isEqualTo(Profile.SHORT);
    assertThat(Profile.of(Duration.ofHours(3))).isEqualTo(Profile.FULL);
  }

  @Test
  void algorithmsGetIterationsForTheSameTime() {
    for (Algorithm algorithm : Algorithm.values()) {
      assertThat(algorithm.iterations(100) * algorithm.pace()).isBetween(99.0, 101.0);
    }
  }

  private static Cell byId(List<Cell> cells, String id) {
    return cells.stream().filter(cell -> cell.id().equals(id)).findFirst().orElseThrow();
  }
}
