package io.rewarddance.driver.paper.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewarddance.driver.paper.cell.Cell;
import io.rewarddance.driver.paper.cell.CellGraph;
import io.rewarddance.driver.paper.cell.Profile;
import io.rewarddance.driver.paper.claim.Evidence;
import io.rewarddance.driver.paper.work.CellNumbers;
import io.rewarddance.driver.paper.work.CellRecord;
import io.rewarddance.driver.paper.work.Measures;
import io.rewarddance.driver.paper.work.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class ConvergenceTest {
  private static final String JUDGE = "judge/pointwise-generative-xs-seed";

  private static CellRecord trained(String id, double... losses) {
    List<CellNumbers.Point> curve = new ArrayList<>();
    for (double loss : losses) {
      curve.add(new CellNumbers.Point(curve.size() + 1, loss, loss, loss));
    }
    CellNumbers numbers =
        new CellNumbers(
            new TreeMap<>(),
            new TreeMap<>(Map.of(Measures.SELECTION_LOSS, curve)),
            new TreeMap<>(),
            new TreeMap<>(),
            "output");
    return CellRecord.done(id, "inputs", 1, numbers);
  }

  private static String html(CellRecord... records) {
    List<Cell> cells = CellGraph.of(Profile.SMOKE, List.of(7L, 11L));
    Map<String, CellRecord> byId = new TreeMap<>();
    for (CellRecord record : records) {
      byId.put(record.id(), record);
    }
    return new Convergence(new Evidence(new Standing(cells, byId))).html();
  }

  @Test
  void tellsTheBestUpdateAndWhatTheLastQuarterBroughtBySeed() {
    String html =
        html(
            trained(JUDGE + 7, .69, .60, .50, .52, .55, .58, .61, .64),
            trained(JUDGE + 11, .68, .60, .55, .53, .52, .51, .505, .50));
    assertThat(html)
        .contains("<td>xs (1B)</td>")
        .contains("<td>0.690, 0.680</td>")
        .contains("<td>0.500, 0.500</td>")
        .contains("<td>3 of 8, 8 of 8</td>")
        .contains("<td>0.000, 0.010</td>");
  }

  @Test
  void saysSoWhereNoJudgeIsTrainedYet() {
    assertThat(html()).contains(Missing.TEXT).doesNotContain("<td>");
  }

  @Test
  void aSingleUpdateIsItsOwnBest() {
    assertThat(html(trained(JUDGE + 7, .69)))
        .contains("<td>1 of 1</td>")
        .contains("<td>0.000</td>");
  }
}
