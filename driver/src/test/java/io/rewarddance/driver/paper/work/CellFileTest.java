package io.rewarddance.driver.paper.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewarddance.metrics.stat.MeanInterval;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CellFileTest {
  @TempDir private Path directory;

  private void comesBack(CellRecord record) throws IOException {
    CellFile file = new CellFile(directory.resolve("cell"));
    file.write(record);
    assertThat(file.read()).contains(record);
  }

  @Test
  void whatIsWrittenComesBack() throws IOException {
    CellNumbers numbers =
        new CellNumbers(
            new TreeMap<>(Map.of("gold_after", MeanInterval.wilson(3, 7))),
            new TreeMap<>(Map.of("gold", List.of(new CellNumbers.Point(0, 0.1, 0.05, 0.2)))),
            new TreeMap<>(Map.of("monitor", "warn")),
            new TreeMap<>(Map.of("training", 12.25)),
            "ab12");
    comesBack(CellRecord.done("ladder/m-seed7", "cd34", 3.5, numbers));
    comesBack(CellRecord.begun("ladder/m-seed7", "cd34", 0.25));
    comesBack(
        CellRecord.failed(
            "a/b", "", 1, new CellException(CellException.Reason.NEEDS, "needs 'c' \"d\"")));
  }

  @Test
  void whereThereIsNoneThereIsNone() throws IOException {
    assertThat(new CellFile(directory.resolve("nowhere")).read()).isEmpty();
  }
}
