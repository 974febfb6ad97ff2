package io.rewarddance.embedded.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenizerTest {
  private final Vocabulary vocabulary =
      Vocabulary.of(List.of("<pad>", "a", "red", "circle", "yes"));
  private final Tokenizer tokenizer = new Tokenizer(vocabulary, 4);

  @Test
  void wordsBecomeTheirLineNumbersAndPadding() {
    assertThat(tokenizer.encode("prompt", "a red circle")).containsExactly(1, 2, 3, 0);
    assertThat(tokenizer.encode("prompt", "  A  Red\tCIRCLE a ")).containsExactly(1, 2, 3, 1);
  }

  @Test
  void unknownWordsAreNamed() {
    assertThatThrownBy(() -> tokenizer.encode("prompt", "a pink circle"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "prompt: unknown word \"pink\" in \"a pink circle\""
                + " (expected: words of the model's vocabulary)");
    assertThatThrownBy(() -> tokenizer.encode("prompt", "<pad>")).hasMessageContaining("<pad>");
  }

  @Test
  void textsWithoutWordsOrWithTooManyAreRefused() {
    assertThatThrownBy(() -> tokenizer.encode("prompt", " "))
        .hasMessage("prompt: 0 words in \" \" (expected: 1 to 4)");
    assertThatThrownBy(() -> tokenizer.encode("prompt", "a a a a a"))
        .hasMessageContaining("5 words");
  }

  @Test
  void vocabulariesAreReadFromOneWordALine(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("vocabulary.txt"), "<pad>\na\nred\n");
    Vocabulary read = Vocabulary.read(file);
    assertThat(read.size()).isEqualTo(3);
    assertThat(read.id("red")).hasValue(2);
    assertThat(read.word(1)).isEqualTo("a");
  }

  @Test
  void brokenVocabulariesNameFileAndWord(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("vocabulary.txt"), "<pad>\na\na\n");
    assertThatThrownBy(() -> Vocabulary.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("vocabulary.txt: word 2: \"a\"");
    assertThatThrownBy(() -> Vocabulary.of(List.of("a"))).hasMessageContaining("word 0");
    assertThatThrownBy(() -> Vocabulary.of(List.of("<pad>", "a b c ")))
        .hasMessageContaining("word 1");
  }
}
