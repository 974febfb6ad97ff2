package io.rewarddance.driver.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rewarddance.driver.picture.Png;
import io.rewarddance.rollout.Image;
import io.rewarddance.rollout.Prompt;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class PromptFileTest {
  private static final String GOOD = "{\"prompt\": \"a circle\", \"category\": \"one\"}\n";

  @TempDir Path directory;

  private Path file(String text) throws IOException {
    return Files.writeString(directory.resolve("prompts.jsonl"), text);
  }

  @Test
  void promptsKeepTheirLinesAndOrder() throws IOException {
    Path file =
        file(
            GOOD
                + "\n  \r\n"
                + "{\"category\": \"two\", \"prompt\": \"größe ◯\", \"more\": [1]}\r\n"
                + "{\"prompt\": \"no category\"}");
    assertThat(PromptFile.read(file, List.of()))
        .containsExactly(
            new Prompt(0, "a circle", "one"),
            new Prompt(3, "größe ◯", "two"),
            new Prompt(4, "no category", ""));
    assertThat(PromptFile.read(file, List.of("two", "three")))
        .containsExactly(new Prompt(3, "größe ◯", "two"));
  }

  @Test
  void firstFramesAreReadFromBesideTheFile() throws IOException {
    Image red = Image.of(1, 2, new byte[] {(byte) 200, 0, 0, 1, 2, 3});
    Png.write(red, directory.resolve("frames/a.png"));
    Path file = file("{\"prompt\": \"a\", \"first_frame\": \"frames/a.png\"}\n");
    assertThat(PromptFile.read(file, List.of()))
        .containsExactly(new Prompt(0, "a", "", Optional.of(red)));
    Path lost = file("{\"prompt\": \"a\", \"first_frame\": \"frames/b.png\"}");
    assertThatThrownBy(() -> PromptFile.read(lost, List.of()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("prompts.jsonl line 1: first_frame: ");
    Path some = file(GOOD + "{\"prompt\": \"a\", \"first_frame\": \"frames/a.png\"}");
    assertThatThrownBy(() -> PromptFile.read(some, List.of()))
        .hasMessageEndingWith(
            "line 2: first_frame: given (expected: one in every line, or in none)");
  }

  @Test
  void heldOutPromptsMustAskForTheSameTask() throws IOException {
    Path file = directory.resolve("held-out.jsonl");
    Prompt text = new Prompt(0, "a", "");
    Prompt framed = new Prompt(0, "a", "", Optional.of(Image.of(1, 1, new byte[3])));
    PromptFile.requireLike(file, text, text);
    PromptFile.requireLike(file, framed, framed);
    assertThatThrownBy(() -> PromptFile.requireLike(file, text, framed))
        .hasMessageEndingWith(
            "held-out.jsonl: first_frame: absent (expected: as in the prompts to train on)");
  }

  static List<Arguments> badLines() {
    return List.of(
        Arguments.of("{\"prompt\": \"a\"", "not JSON: "),
        Arguments.of("{\"prompt\": \"a\"} x", "not JSON: "),
        Arguments.of("a circle", "not JSON: "),
        Arguments.of("[\"a\"]", "[\"a\"] (expected: {\"prompt\": ..., \"category\": ...})"),
        Arguments.of("\"a\"", "\"a\" (expected: {"),
        Arguments.of("{\"text\": \"a\"}", "prompt: absent (expected: a text)"),
        Arguments.of("{\"prompt\": 5}", "prompt: 5 (expected: a text)"),
        Arguments.of("{\"prompt\": null}", "prompt: null (expected: a text)"),
        Arguments.of("{\"prompt\": \" \"}", "text: \" \" (expected: not blank)"),
        Arguments.of(
            "{\"prompt\": \"a\", \"category\": 5}",
            "category: 5 (expected: a text, or no category)"),
        Arguments.of(
            "{\"prompt\": \"a\", \"category\": [\"b\"]}", "category: [\"b\"] (expected: a text"),
        Arguments.of("\uFEFF{\"prompt\": \"a\"}", "not JSON: "),
        Arguments.of(GOOD.strip(), "prompt 'a circle' is on line 1 too"));
  }

  @ParameterizedTest
  @MethodSource("badLines")
  void aBadLineIsNamed(String line, String problem) throws IOException {
    Path file = file(GOOD + "\n" + line + "\n" + GOOD);
    assertThatThrownBy(() -> PromptFile.read(file, List.of("another")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("prompts.jsonl line 3: " + problem);
  }

  @Test
  void bytesThatAreNotUtf8AreNamed() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(GOOD.getBytes(StandardCharsets.UTF_8));
    bytes.writeBytes("{\"prompt\": \"größe\"}".getBytes(StandardCharsets.ISO_8859_1));
    Path file = Files.write(directory.resolve("latin.jsonl"), bytes.toByteArray());
    assertThatThrownBy(() -> PromptFile.read(file, List.of()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("latin.jsonl line 2: not UTF-8: ");
  }

  @Test
  void aFileWithoutPromptsIsNamed() throws IOException {
    assertThatThrownBy(() -> PromptFile.read(file("\n\n"), List.of()))
        .hasMessageContaining("prompts.jsonl: no prompts (expected: at least one)");
    assertThatThrownBy(() -> PromptFile.read(file(GOOD), List.of("two")))
        .hasMessageContaining("prompts.jsonl: no prompts (expected: at least one of [two])");
    assertThatThrownBy(() -> PromptFile.read(directory.resolve("none"), List.of()))
        .hasMessageContaining("none: there is no such prompt file");
  }
}
