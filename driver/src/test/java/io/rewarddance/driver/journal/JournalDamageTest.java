package io.rewarddance.driver.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JournalDamageTest {
  @TempDir Path directory;
  private Path file;
  private byte[] sound;
  private List<JournalLine> lines;

  @BeforeEach
  void write() throws IOException {
    file = directory.resolve("journal.jsonl");
    Lines.made(file, 1.5);
    sound = Files.readAllBytes(file);
    lines = JournalReader.read(file).lines();
  }

  /** Where the last line starts. */
  private int lastLine() {
    int start = sound.length - 1;
    while (sound[start - 1] != '\n') {
      start--;
    }
    return start;
  }

  @Test
  void aLastLineThatTearsAnywhereIsCutOff() throws IOException {
    int start = lastLine();
    for (int length = sound.length - 1; length >= start; length--) {
      shorten(length);
      JournalReader.Content content = JournalReader.read(file);
      assertThat(content.lines()).isEqualTo(lines.subList(0, 3));
      assertThat(content.soundBytes()).isEqualTo(start);
      assertThat(content.tornBytes()).isEqualTo(length - start);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 60, 150})
  void theLineThatWasTornIsWrittenAnew(int torn) throws IOException {
    Files.write(file, Arrays.copyOf(sound, lastLine() + torn));
    try (Journal journal = Journal.append(file, JournalReader.read(file))) {
      assertThat(Files.size(file)).isEqualTo(lastLine());
      journal.append(Kind.ITERATION, lines.get(3).data(), lines.get(3).machine());
    }
    assertThat(Files.readAllBytes(file)).isEqualTo(sound);
  }

  @Test
  void aTornFirstLineLeavesAnEmptyJournal() throws IOException {
    Files.write(file, Arrays.copyOf(sound, 20));
    JournalReader.Content content = JournalReader.read(file);
    assertThat(content.lines()).isEmpty();
    assertThat(content.soundBytes()).isZero();
    try (Journal journal = Journal.append(file, content)) {
      journal.append(Kind.START, lines.get(0).data(), lines.get(0).machine());
      assertThat(journal.digest()).isEqualTo(lines.get(0).digest());
    }
  }

  /** Only a changed last line end can't be told from a torn line; then the line is cut off. */
  @Test
  void anyChangedBitThatTheDigestCoversIsAnError() throws IOException {
    List<String> undetected = new ArrayList<>();
    for (int at = 0; at < sound.length - 1; at++) {
      for (int bit = 0; bit < 8; bit++) {
        if (isCovered(at) && !isRefusedWith(at, (byte) (sound[at] ^ 1 << bit))) {
          undetected.add("byte " + at + " bit " + bit);
        }
      }
    }
    assertThat(undetected).isEmpty();
    byte[] changed = sound.clone();
    changed[sound.length - 1] ^= 1;
    Files.write(file, changed);
    assertThat(JournalReader.read(file).lines()).hasSize(3);
  }

  /** Writes in place: a file that is truncated and written anew is slow on some file systems. */
  private boolean isRefusedWith(int at, byte changed) throws IOException {
    overwrite(at, changed);
    try {
      JournalReader.read(file);
      return false;
    } catch (JournalException e) {
      return e.getMessage().startsWith(file + " line ");
    } finally {
      overwrite(at, sound[at]);
    }
  }

  private void shorten(int length) throws IOException {
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
      open.setLength(length);
    }
  }

  private void overwrite(int at, byte value) throws IOException {
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
      open.seek(at);
      open.write(value);
    }
  }

  /** All but the content of machine data and of notes. */
  private boolean isCovered(int at) {
    int start = 0;
    for (JournalLine line : lines) {
      String text = line.text();
      int length = text.getBytes(StandardCharsets.UTF_8).length;
      if (at < start + length + 1) {
        int before = bytesBefore(text, line.kind() == Kind.NOTE ? "{\"what\"" : "\"machine\":{");
        int after = bytesBefore(text, ",\"digest\":");
        return at - start < before || at - start >= after;
      }
      start += length + 1;
    }
    return true;
  }

  private static int bytesBefore(String text, String part) {
    return text.substring(0, text.indexOf(part)).getBytes(StandardCharsets.UTF_8).length;
  }

  @Test
  void anErrorNamesTheLineAndWhatIsWrong() throws IOException {
    String text = new String(sound, StandardCharsets.UTF_8);
    Files.writeString(file, text.replace("0.1", "0.2"));
    assertThatThrownBy(() -> JournalReader.read(file))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("line 3: digest: " + lines.get(2).digest())
        .hasMessageContaining("the journal was changed");
    Files.writeString(file, text.replace("\"note\"", "\"nose\""));
    assertThatThrownBy(() -> JournalReader.read(file))
        .hasMessageContaining("line 2: kind: \"nose\"");
    Files.writeString(file, text.replace("\"data\":{\"seed\":7}", "\"data\":7"));
    assertThatThrownBy(() -> JournalReader.read(file))
        .hasMessageContaining("line 1: data: 7 (expected: an object)");
    Files.writeString(file, "\n" + text);
    assertThatThrownBy(() -> JournalReader.read(file)).hasMessageContaining("line 1: ");
    Files.writeString(file, text.replace("\"digest\"", " \"digest\""));
    assertThatThrownBy(() -> JournalReader.read(file)).hasMessageContaining("line 1: column ");
  }

  @Test
  void aChangedLastLineIsNotTakenForATornOne() throws IOException {
    String text = new String(sound, StandardCharsets.UTF_8);
    Files.writeString(file, text.replace("1.0E-5", "2.0E-5"));
    assertThatThrownBy(() -> JournalReader.read(file))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("line 4: digest: ");
  }

  @Test
  void aMissingLineOrTwoInTheWrongOrderAreErrors() throws IOException {
    List<String> text = Files.readAllLines(file);
    Files.write(file, List.of(text.get(0), text.get(1), text.get(3)));
    assertThatThrownBy(() -> JournalReader.read(file)).hasMessageContaining("line 3: digest: ");
    Files.write(file, List.of(text.get(0), text.get(3), text.get(2)));
    assertThatThrownBy(() -> JournalReader.read(file)).hasMessageContaining("line 2: digest: ");
  }

  @Test
  void noJournalIsNamed() {
    assertThatThrownBy(() -> JournalReader.read(directory.resolve("none")))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("none: there is no journal");
  }
}
