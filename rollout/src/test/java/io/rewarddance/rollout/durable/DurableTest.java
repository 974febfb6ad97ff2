package io.rewarddance.rollout.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableTest {
  @TempDir Path directory;

  @Test
  void aFileIsMadeAndReplacedAndNothingElseIsLeft() throws IOException {
    Path file = directory.resolve("file");
    Durable.write(file, new byte[] {1, 2, 3});
    Durable.write(file, new byte[] {4});
    assertThat(file).hasBinaryContent(new byte[] {4});
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void whatAStoppedWriterLeftIsInNobodysWay() throws IOException {
    Path file = directory.resolve("file");
    Files.write(directory.resolve(".file.tmp"), new byte[100]);
    Durable.write(file, new byte[] {5});
    assertThat(file).hasBinaryContent(new byte[] {5});
  }

  @Test
  void aFileThatCannotBeWrittenLeavesTheOldOne() throws IOException {
    Path file = Files.write(directory.resolve("file"), new byte[] {1});
    Files.createDirectory(directory.resolve(".file.tmp"));
    assertThatThrownBy(() -> Durable.write(file, new byte[] {2})).isInstanceOf(IOException.class);
    assertThat(file).hasBinaryContent(new byte[] {1});
  }

  @Test
  void movingReplacesAndNamesWhatIsMissing() throws IOException {
    Path from = Files.write(directory.resolve("from"), new byte[] {1});
    Path to = Files.write(directory.resolve("to"), new byte[] {2});
    Durable.move(from, to);
    assertThat(to).hasBinaryContent(new byte[] {1});
    assertThat(from).doesNotExist();
    assertThatThrownBy(() -> Durable.move(from, to))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("from");
    assertThat(to).exists();
  }

  @Test
  void aFileThatMayOnlyBeReadIsForcedToo() throws IOException {
    Path file = Files.write(directory.resolve("file"), new byte[] {1});
    assertThat(file.toFile().setReadOnly()).isTrue();
    assertThatCode(() -> Durable.forceFile(file)).doesNotThrowAnyException();
    assertThatCode(() -> Durable.forceDirectory(directory)).doesNotThrowAnyException();
    assertThatThrownBy(() -> Durable.forceFile(directory.resolve("none")))
        .isInstanceOf(NoSuchFileException.class);
  }
}
