package io.rewarddance.rollout.store;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.rewarddance.rollout.Examples;
import io.rewarddance.rollout.TrainingBatch;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files whose digest is right but whose writer was wrong. */
class SealedButWrongTest {
  @TempDir Path directory;

  @Test
  void aSealedFileOfAnotherFormatIsForeign() {
    assertRefused(
        file -> file.putAttribute("format", "other"),
        RolloutFileForeignException.class,
        "no attribute format");
  }

  @Test
  void aMissingAttributeIsNamed() {
    assertRefused(
        file -> {
          file.putAttribute("format", RolloutFormat.NAME);
          file.putAttribute("format_version", 1);
        },
        RolloutFileCorruptException.class,
        "attribute sampler: null (expected: String)");
  }

  @Test
  void aDatasetOfAnotherTypeIsNamed() {
    assertRefusedWithGroup(new double[4], "group: ");
  }

  @Test
  void aMissingDatasetIsNamed() {
    assertRefusedWithGroup(new int[4], "dataset rollout: null (expected: a dataset)");
  }

  private void assertRefusedWithGroup(Object group, String text) {
    TrainingBatch batch = Examples.batch(Examples.CLEAN, 1);
    RolloutHeader header = RolloutHeader.of(batch);
    assertRefused(
        file -> {
          Hdf5Encoder.attributes(file, header, RolloutFormat.VERSION);
          file.putDataset("group", group);
        },
        RolloutFileCorruptException.class,
        text);
  }

  private void assertRefused(
      Consumer<WritableHdfFile> content, Class<? extends StoreException> type, String text) {
    Path path = directory.resolve("sealed.h5");
    assertThatThrownBy(
            () -> {
              try (WritableHdfFile file = HdfFile.write(path)) {
                content.accept(file);
              }
              try (FileChannel channel =
                  FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                Trailer.append(channel, RolloutFormat.VERSION);
              }
              RolloutReader.read(path);
            })
        .isInstanceOf(type)
        .hasMessageContaining(text);
  }
}
