package io.rewarddance.rollout.preference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rewarddance.rollout.digest.Sha256;
import io.rewarddance.rollout.store.StoreFailedException;
import io.rewarddance.rollout.store.StoreFullException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreferenceRoundTripTest {
  @TempDir Path directory;

  @Test
  void whatIsWrittenIsWhatIsRead() throws IOException {
    PreferenceSet set = Sets.full(1);
    PreferenceFile written = PreferenceWriter.write(directory.resolve("deep/pairs.h5"), set);
    assertThat(written.set()).isEqualTo(set);
    assertThat(written.sha256()).isEqualTo(Sha256.of(written.path()));
    assertThat(written.bytes()).isEqualTo(Files.size(written.path()));
    assertThat(PreferenceReader.read(written.path(), written.sha256())).isEqualTo(written);
  }

  @Test
  void aPairWithoutReasonReferenceAndDomainStaysWithout() throws IOException {
    Preference pair = Preference.of("two squares", 1, 0, Choice.SECOND, "somebody");
    PreferenceSet set = new PreferenceSet(Sets.images(new Random(2), 2, 1, 1), List.of(pair));
    Preference read = PreferenceWriter.write(directory.resolve("one.h5"), set).set().pairs().get(0);
    assertThat(read).isEqualTo(pair);
    assertThat(read.seenBeside()).isEmpty();
    assertThat(read.better()).isZero();
    assertThat(read.worse()).isOne();
  }

  @Test
  void equalSetsAreEqualFilesAndOtherSetsAreNot() throws IOException {
    String one = PreferenceWriter.write(directory.resolve("a.h5"), Sets.full(3)).sha256();
    String same = PreferenceWriter.write(directory.resolve("b.h5"), Sets.full(3)).sha256();
    String other = PreferenceWriter.write(directory.resolve("c.h5"), Sets.full(4)).sha256();
    assertThat(same).isEqualTo(one).isNotEqualTo(other);
  }

  @Test
  void aFileIsReplacedAndNothingElseIsLeft() throws IOException {
    Path target = directory.resolve("pairs.h5");
    PreferenceWriter.write(target, Sets.full(5));
    PreferenceWriter.write(target, Sets.full(6));
    assertThat(PreferenceReader.read(target).set()).isEqualTo(Sets.full(6));
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).containsExactly(target);
    }
  }

  @Test
  void aDirectoryThatCannotBeMadeIsNamed() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));
    assertThatThrownBy(() -> PreferenceWriter.write(file.resolve("x.h5"), Sets.full(7)))
        .isInstanceOf(StoreFailedException.class)
        .isNotInstanceOf(StoreFullException.class)
        .hasMessageContaining("x.h5");
  }
}
