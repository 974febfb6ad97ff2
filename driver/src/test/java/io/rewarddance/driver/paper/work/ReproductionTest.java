package io.rewarddance.driver.paper.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewarddance.driver.paper.cell.Cell;
import io.rewarddance.driver.paper.cell.CellGraph;
import io.rewarddance.driver.paper.cell.Profile;
import io.rewarddance.driver.paper.work.CellRecord.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReproductionTest {
  private static final String PAIRWISE = "judge/pairwise-generative-m-seed7";

  private final List<Cell> cells = CellGraph.of(Profile.SMOKE, List.of(7L));
  private final Stopping stopping = new Stopping();
  private FakeCells fake = new FakeCells();

  @TempDir private Path out;

  @BeforeEach
  void none() {
    assertThat(cells).hasSizeGreaterThan(15);
  }

  private Reproduction reproduction(double budget) {
    return new Reproduction(
        new Layout(out), cells, budget, fake, new ReproductionListener() {}, stopping);
  }

  private Standing run() throws IOException {
    return reproduction(1e9).run();
  }

  private static List<String> ids(List<Cell> cells) {
    return cells.stream().map(Cell::id).toList();
  }

  @Test
  void allCellsAreDoneOnceInTheirOrder() throws IOException {
    Standing standing = run();
    assertThat(fake.done).isEqualTo(ids(cells));
    assertThat(standing.in(State.DONE)).hasSize(cells.size());
    run();
    assertThat(fake.done).as("not again").hasSize(cells.size());
  }

  @Test
  void aCellWhoseInputsChangedIsDoneAgainWithAllThatNeedIt() throws IOException {
    run();
    fake.done.clear();
    fake.inputs.put(PAIRWISE, "another template");
    run();
    List<String> needing =
        cells.stream().filter(c -> c.needs().contains(PAIRWISE)).map(Cell::id).toList();
    assertThat(needing).isNotEmpty();
    assertThat(fake.done).hasSize(1 + needing.size()).contains(PAIRWISE).containsAll(needing);
  }

  @Test
  void whatOtherInputsLeftGoes() throws IOException {
    run();
    Path left = out.resolve("cells").resolve(PAIRWISE).resolve("weights");
    Files.writeString(left, "old");
    fake.inputs.put(PAIRWISE, "another template");
    run();
    assertThat(left).doesNotExist();
  }

  @Test
  void aFailedCellCostsOnlyWhatNeedsItAndIsTriedAgainNextTime() throws IOException {
    fake.failing.add(PAIRWISE);
    Standing standing = run();
    assertThat(standing.in(State.FAILED)).containsExactly(PAIRWISE);
    assertThat(standing.records().get(PAIRWISE).failure())
        .contains(new CellRecord.Failure(CellException.Reason.FAILED, "out of paint"));
    assertThat(fake.done)
        .contains("hacking/xs-seed7")
        .doesNotContain("references/best-2-of-2-seed7");
    fake.failing.clear();
    assertThat(run().in(State.DONE)).hasSize(cells.size());
  }

  @Test
  void aFaultOfTheProgramCostsOneCell() throws IOException {
    fake.broken.add("hacking/xs-seed7");
    Standing standing = run();
    assertThat(standing.in(State.FAILED)).containsExactly("hacking/xs-seed7");
    assertThat(standing.in(State.DONE)).hasSize(cells.size() - 1);
  }

  @Test
  void stoppedItGoesOnWhereItWas() throws IOException {
    fake.inside =
        () -> {
          if (fake.done.size() == 3) {
            stopping.ask();
          }
        };
    Standing standing = run();
    assertThat(standing.in(State.DONE)).hasSize(3);
    assertThat(standing.in(State.BEGUN)).containsExactly(cells.get(3).id());
    Path left = out.resolve("cells").resolve(cells.get(3).id()).resolve("journal.jsonl");
    Files.writeString(left, "half");
    fake = new FakeCells();
    Reproduction next =
        new Reproduction(
            new Layout(out), cells, 1e9, fake, new ReproductionListener() {}, new Stopping());
    assertThat(next.run().in(State.DONE)).hasSize(cells.size());
    assertThat(fake.done).isEqualTo(ids(cells).subList(3, cells.size()));
    assertThat(left).as("an interrupted cell goes on with what it has").hasContent("half");
  }

  @Test
  void aCellThatStopsOfItselfHasFailed() throws IOException {
    fake.stopping.add("hacking/xs-seed7");
    Standing standing = run();
    assertThat(standing.in(State.FAILED)).containsExactly("hacking/xs-seed7");
  }

  @Test
  void aSmallBudgetIsKept() throws IOException {
    Standing standing = reproduction(1).run();
    assertThat(standing.records()).isEmpty();
    assertThat(fake.done).isEmpty();
  }

  @Test
  void aDamagedRecordIsNone() throws IOException {
    run();
    Files.writeString(out.resolve("cells/hacking/xs-seed7/cell.json"), "{\"state\": \"do");
    fake.done.clear();
    run();
    assertThat(fake.done).containsExactly("hacking/xs-seed7");
  }
}
