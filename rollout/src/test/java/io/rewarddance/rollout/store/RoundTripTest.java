package io.rewarddance.rollout.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.api.dataset.ContiguousDataset;
import io.rewarddance.rollout.Examples;
import io.rewarddance.rollout.TrainingBatch;
import io.rewarddance.rollout.Trajectory;
import io.rewarddance.rollout.Video;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoundTripTest {
  private final TrainingBatch batch = Examples.batch(Examples.SMALL, 7);

  @TempDir Path directory;

  /** Large enough to go to disk while it is hashed, and to be compared in several blocks. */
  @Test
  void aLargeBatchComesBackToTheBit() throws Exception {
    Examples.Shape shape = new Examples.Shape(2, 12, 512, 512, new int[] {4, 16, 16}, 4, 2);
    TrainingBatch batch = Examples.batch(shape, 7);
    StoredRollouts stored = RolloutWriter.write(directory, batch);
    assertThat(stored.bytes()).isGreaterThan(18 << 20);
    assertThat(RolloutReader.read(stored.path(), stored.sha256()).toBatch()).isEqualTo(batch);
  }

  @Test
  void whatIsReadIsWhatWasWritten() throws Exception {
    StoredRollouts stored = RolloutWriter.write(directory, batch);
    RolloutFile file = RolloutReader.read(stored.path(), stored.sha256());
    assertThat(file.toBatch()).isEqualTo(batch);
    assertThat(file.size()).isEqualTo(6);
    assertThat(file.latents(5)).isEqualTo(trajectory(5).latents());
    assertThat(file.table().advantage()[3]).isEqualTo(batch.rollouts().get(3).advantage());
  }

  @Test
  void videosComeBackWithTheFramesTheyWereToBeginWith() throws Exception {
    TrainingBatch filmed = Examples.withVideos(batch, false);
    RolloutFile file = RolloutReader.read(RolloutWriter.write(directory, filmed).path());
    assertThat(file.toBatch()).isEqualTo(filmed);
    assertThat(file.header().sampleShape()).containsExactly(3, 4, 2, 3);
    assertThat(file.firstFrame(0)).isEmpty();
    TrainingBatch framed = Examples.withVideos(batch, true);
    RolloutFile given = RolloutReader.read(RolloutWriter.write(directory, framed).path());
    assertThat(given.toBatch()).isEqualTo(framed);
    assertThat(given.firstFrame(1)).contains(((Video) given.sample(1)).frame(0));
  }

  @Test
  void imageGradientsComeBackAndFilesWithoutThemHaveNone() throws Exception {
    TrainingBatch pushed = Examples.withGradients(Examples.batch(Examples.CLEAN, 7));
    StoredRollouts stored = RolloutWriter.write(directory.resolve("refl"), pushed);
    RolloutFile file = RolloutReader.read(stored.path(), stored.sha256());
    assertThat(file.toBatch()).isEqualTo(pushed);
    assertThat(file.imageGradient(1).orElseThrow())
        .isEqualTo(pushed.rollouts().get(1).scored().gradient().orElseThrow().values());
    assertThat(RolloutReader.read(RolloutWriter.write(directory, batch).path()).imageGradient(1))
        .isEmpty();
  }

  /** Of one group, and of all: which judge is missing is told, and nothing looks like its score. */
  @Test
  void aJudgeThatWasLeftOutIsNotANumber() throws Exception {
    TrainingBatch part = Examples.without(batch, 1);
    RolloutFile file = RolloutReader.read(RolloutWriter.write(directory, part).path());
    assertThat(file.toBatch()).isEqualTo(part);
    for (double[] column :
        List.of(
            file.table().rewardParts().get("match"),
            file.table().yesLogProb().get("match"),
            file.table().noLogProb().get("match"),
            file.table().reward())) {
      assertThat(Arrays.stream(column).mapToObj(Double::isNaN))
          .containsExactly(false, false, false, true, true, true);
    }
    assertThat(file.table().rewardParts().get("size")).doesNotContain(Double.NaN);
    TrainingBatch all = Examples.without(part, 0);
    assertThat(RolloutReader.read(RolloutWriter.write(directory, all).path()).toBatch())
        .isEqualTo(all);
  }

  @Test
  void theDigestIsThatOfTheWholeFile() throws Exception {
    StoredRollouts stored = RolloutWriter.write(directory, batch);
    byte[] bytes = Files.readAllBytes(stored.path());
    assertThat(stored.sha256()).isEqualTo(sha256(bytes));
    assertThat(stored.bytes()).isEqualTo(bytes.length);
    assertThat(RolloutReader.read(stored.path()).sha256()).isEqualTo(stored.sha256());
  }

  @Test
  void theSameBatchGivesTheSameBytes() throws Exception {
    Path first = RolloutWriter.write(directory.resolve("a"), batch).path();
    Path second =
        RolloutWriter.write(directory.resolve("b"), Examples.batch(Examples.SMALL, 7)).path();
    assertThat(second).hasSameBinaryContentAs(first);
  }

  /** Pins the format: a change of these bytes is a new format version. */
  @Test
  void theBytesOfKnownBatchesNeverChange() throws Exception {
    assertThat(RolloutWriter.write(directory, Examples.batch(Examples.CLEAN, 1)).sha256())
        .isEqualTo("a14166e8be9e5bf7804d678fb8a112226844ec0749c98ae47a2e4aeb4b2887db");
    assertThat(RolloutWriter.write(directory, batch).sha256())
        .isEqualTo("2c5722c51490539adaa8ee16ab49cf9ad1f7bc33fae376a67b41f663947c207c");
  }

  @Test
  void onlyTheFinalFileRemainsEvenAfterAStoppedWriter() throws Exception {
    Path target = directory.resolve(RolloutFormat.fileName(batch.iteration()));
    Files.write(target.resolveSibling(target.getFileName() + ".tmp"), new byte[1 << 20]);
    Files.write(target, new byte[1 << 20]);
    StoredRollouts stored = RolloutWriter.write(directory, batch);
    assertThat(stored.path()).isEqualTo(target);
    assertThat(RolloutReader.read(target).toBatch()).isEqualTo(batch);
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).containsExactly(target);
    }
  }

  @Test
  void everyDatasetCarriesTheChecksumOfItsBytes() throws Exception {
    StoredRollouts stored = RolloutWriter.write(directory, batch);
    try (HdfFile file = new HdfFile(stored.path())) {
      assertThat(datasets(file)).hasSize(17);
      for (Dataset dataset : datasets(file)) {
        ByteBuffer raw = ((ContiguousDataset) dataset).getBuffer();
        CRC32 crc = new CRC32();
        crc.update(raw);
        assertThat(dataset.getAttribute("crc32").getData())
            .as(dataset.getPath())
            .isEqualTo(crc.getValue());
      }
    }
  }

  @Test
  void cleanLatentsComeWithoutLogProbs() throws Exception {
    TrainingBatch clean = Examples.batch(Examples.CLEAN, 3);
    RolloutFile file = RolloutReader.read(RolloutWriter.write(directory, clean).path());
    assertThat(file.table().logProbs()).isEmpty();
    assertThat(file.toBatch()).isEqualTo(clean);
  }

  @Test
  void aRowLongerThanAReadingChunkIsWhole() throws Exception {
    Examples.Shape large = new Examples.Shape(1, 2, 700, 600, new int[] {4, 300, 301}, 4, 1);
    TrainingBatch wide = Examples.batch(large, 5);
    RolloutFile file = RolloutReader.read(RolloutWriter.write(directory, wide).path());
    assertThat(file.toBatch()).isEqualTo(wide);
  }

  @Test
  void settingsTooLargeForAnAttributeAreRefused() {
    TrainingBatch large =
        new TrainingBatch(
            batch.run(),
            batch.iteration(),
            batch.algorithm(),
            batch.policy(),
            batch.sampler(),
            batch.seed(),
            "{\"x\":\"" + "y".repeat(32 << 10) + "\"}",
            batch.rollouts());
    assertThatThrownBy(() -> RolloutWriter.write(directory, large))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("updateSettingsJson: 32776 bytes (expected: <= 32768)");
  }

  private Trajectory trajectory(int index) {
    return batch.rollouts().get(index).scored().generation().trajectory();
  }

  private static List<Dataset> datasets(Group group) {
    List<Dataset> found = new ArrayList<>();
    for (Node node : group) {
      if (node instanceof Dataset dataset) {
        found.add(dataset);
      } else if (node instanceof Group inner) {
        found.addAll(datasets(inner));
      }
    }
    return found;
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
