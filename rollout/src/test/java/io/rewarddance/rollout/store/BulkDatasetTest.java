package io.rewarddance.rollout.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.DatasetCreationOptions;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written beside jHDF is what jHDF writes, and what differs is found. */
class BulkDatasetTest {
  private static final DatasetCreationOptions UNSIGNED =
      DatasetCreationOptions.builder().unsigned().build();

  @TempDir Path directory;

  /** Rows that neither fit a block nor divide one. */
  @Test
  void floatsAreTheBytesThatJhdfWrites() throws IOException {
    float[][] rows = floats(5, 2 * 60_013);
    float[][][] nested = new float[5][2][60_013];
    for (int r = 0; r < 5; r++) {
      for (int s = 0; s < 2; s++) {
        System.arraycopy(rows[r], s * 60_013, nested[r][s], 0, 60_013);
      }
    }
    assertSameFile(BulkRows.of(rows, 2), nested, DatasetCreationOptions.DEFAULT);
  }

  @Test
  void bytesAreTheBytesThatJhdfWrites() throws IOException {
    byte[][] rows = new byte[700][1001];
    for (byte[] row : rows) {
      new Random(row.length).nextBytes(row);
    }
    assertSameFile(BulkRows.of(rows), rows, UNSIGNED);
  }

  @Test
  void aRowThatDiffersIsFoundToTheBit() throws IOException {
    float[][] rows = floats(300, 1001);
    rows[299][1000] = 0f;
    Path path = directory.resolve("rows");
    try (FileChannel channel =
        FileChannel.open(
            path,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE))) {
      BulkRows.of(rows, 1).write(channel, 7);
      assertThat(BulkRows.of(rows, 1).firstDifference(channel, 7)).isEqualTo(-1);
      rows[299][1000] = -0f;
      assertThat(BulkRows.of(rows, 1).firstDifference(channel, 7)).isEqualTo(299);
      rows[0][0]++;
      assertThat(BulkRows.of(rows, 1).firstDifference(channel, 7)).isZero();
    }
  }

  private void assertSameFile(BulkRows rows, Object nested, DatasetCreationOptions options)
      throws IOException {
    Path expected = directory.resolve("expected.h5");
    try (WritableHdfFile file = HdfFile.write(expected)) {
      file.putDataset("small", new int[3]);
      file.putDataset("rows", nested, options).putAttribute("crc32", rows.crc32(), true);
    }
    Path found = directory.resolve("found.h5");
    BulkDataset dataset;
    try (WritableHdfFile file = HdfFile.write(found)) {
      file.putDataset("small", new int[3]);
      dataset = new BulkDataset(file, "rows", rows);
      file.putDataset("rows", dataset);
    }
    try (FileChannel channel =
        FileChannel.open(found, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      BulkWriter writer = new BulkWriter(channel, List.of(dataset));
      writer.write().await();
    }
    assertThat(found).hasSameBinaryContentAs(expected);
  }

  private static float[][] floats(int rows, int width) {
    Random random = new Random(rows);
    float[][] values = new float[rows][width];
    for (float[] row : values) {
      for (int i = 0; i < width; i++) {
        row[i] = (float) random.nextGaussian();
      }
    }
    return values;
  }
}
