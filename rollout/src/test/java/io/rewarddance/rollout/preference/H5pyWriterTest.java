package io.rewarddance.rollout.preference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rewarddance.rollout.Image;
import io.rewarddance.rollout.Python;
import io.rewarddance.rollout.preference.PreferenceFileException.Kind;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of another writer, h5py, with the lines that the documentation shows, are read here. */
class H5pyWriterTest {
  @TempDir Path directory;

  @BeforeEach
  void needsH5py() throws Exception {
    new Python(directory).requireH5py("H5pyWriterTest");
  }

  @Test
  void theDocumentedLinesWriteAFileThatIsRead() throws Exception {
    PreferenceSet set = PreferenceReader.read(written("documented")).set();
    assertThat(set.notes()).containsExactly(java.util.Map.entry("description", "who judged what"));
    assertThat(set.pairs())
        .containsExactly(
            new Preference("a red circle", 0, 1, Choice.SECOND, "anna", "", -1, ""),
            new Preference("two grüne squares", 2, 0, Choice.FIRST, "bob", "", -1, ""));
    assertPixels(set, 3, 4, 5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"everything", "gzip", "latest", "big_endian", "fixed", "many"})
  void whateverH5pyCanDoIsReadAlike(String way) throws Exception {
    PreferenceSet set = PreferenceReader.read(written(way)).set();
    Preference third = set.pairs().get(2);
    assertThat(third.prompt()).isEqualTo("prompt 2");
    assertThat(third.reason()).isEqualTo("because of 2");
    assertThat(third.domain()).isEqualTo("d2");
    assertThat(third.seenBeside()).hasValue(1);
    assertThat(set.pairs().get(0).seenBeside()).isEmpty();
    assertThat(set.notes()).containsEntry("seed", "7");
    assertPixels(set, way.equals("many") ? 5000 : 9, 8, 8);
  }

  @Test
  void aFileWithoutPairsIsRefused() throws Exception {
    assertContent("no_pairs", "prompt: 0 rows (expected: at least 1 pair)");
  }

  @Test
  void aRowBeyondThePoolIsRefused() throws Exception {
    assertContent("beyond", "second[1]: 9 (expected: 0 to 8, a row of images)");
  }

  @Test
  void anAnswerThatIsNoneIsRefused() throws Exception {
    assertContent("no_answer", "preferred[0]: 2 (expected: 0 for first or 1 for second)");
    assertContent("nan", "preferred: FloatingPoint of 8 bytes (expected: whole numbers)");
  }

  @Test
  void aFileThatH5pyWroteAndSomethingCutIsTruncated() throws Exception {
    for (String way : List.of("everything", "latest")) {
      Path file = written(way);
      try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
        open.setLength(open.length() - 1);
      }
      assertThatThrownBy(() -> PreferenceReader.read(file))
          .extracting(e -> ((PreferenceFileException) e).kind())
          .isEqualTo(Kind.TRUNCATED);
    }
  }

  @Test
  void h5pyReadsWhatIsWrittenHere() throws Exception {
    PreferenceSet set = Sets.full(1);
    PreferenceFile file = PreferenceWriter.write(directory.resolve("ours.h5"), set);
    List<String> seen =
        new Python(directory)
            .run(
                Python.file("rollout/src/test/python/read_preferences.py").toString(),
                file.path().toString());
    Preference last = set.pairs().get(6);
    assertThat(seen)
        .contains(
            "format=rewarddance-preferences",
            "format_version=1",
            "description=test",
            "images.shape=5 4 6 3",
            "images.type=uint8",
            "first.type=int32",
            "preferred.type=int8",
            "first=" + last.first(),
            "preferred=" + last.preferred().code(),
            "prompt=" + last.prompt(),
            "reason=" + last.reason(),
            "image.sha256=" + set.images().get(4).sha256());
  }

  private void assertContent(String way, String message) throws Exception {
    Path file = written(way);
    assertThatThrownBy(() -> PreferenceReader.read(file))
        .hasMessage(file + ": " + message)
        .extracting(e -> ((PreferenceFileException) e).kind())
        .isEqualTo(Kind.CONTENT);
  }

  private Path written(String way) throws Exception {
    Path file = directory.resolve(way + ".h5");
    new Python(directory)
        .run(
            Python.file("rollout/src/test/python/write_preferences.py").toString(),
            Python.file("docs/preference-file.md").toString(),
            file.toString(),
            way);
    return file;
  }

  /** Element i of the pool is i * 7 modulo 251. */
  private static void assertPixels(PreferenceSet set, int images, int height, int width) {
    assertThat(set.images()).hasSize(images);
    int element = 0;
    for (Image image : set.images()) {
      assertThat(List.of(image.height(), image.width())).isEqualTo(List.of(height, width));
      for (byte value : image.rgb()) {
        if (Byte.toUnsignedInt(value) != element % 251 * 7 % 251) {
          throw new AssertionError("element " + element + ": " + Byte.toUnsignedInt(value));
        }
        element++;
      }
    }
  }
}
