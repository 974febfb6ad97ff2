package io.rewarddance.driver.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What docs/journal.md shows is true. */
@Timeout(60)
final class JournalDocTest {
  @TempDir Path directory;
  private Path example;
  private Path script;

  @BeforeEach
  void cutOut() throws IOException {
    String page =
        Files.readString(Path.of(System.getProperty("rewarddance.root"), "docs", "journal.md"));
    example = Files.writeString(directory.resolve("journal.jsonl"), block(page, "json"));
    script = Files.writeString(directory.resolve("check.py"), block(page, "python"));
  }

  private static String block(String page, String language) {
    String open = "```" + language + "\n";
    int start = page.indexOf(open) + open.length();
    return page.substring(start, page.indexOf("```", start));
  }

  private record Said(int code, String text) {}

  private Said check() throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder("python3", script.toString(), example.toString())
              .redirectErrorStream(true)
              .start();
      String text =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      return new Said(process.exitValue(), text);
    } catch (IOException e) {
      assumeTrue(false, "skipped: no python3 on this system");
      throw new IllegalStateException(e);
    }
  }

  @Test
  void theExampleIsAJournal() throws IOException {
    List<JournalLine> lines = JournalReader.read(example).lines();
    assertThat(lines)
        .extracting(JournalLine::kind)
        .containsExactly(Kind.START, Kind.NOTE, Kind.STORED);
  }

  @Test
  void theScriptChecksWhatTheDriverWrites() throws Exception {
    Files.delete(example);
    String digest = Lines.made(example, 1.5);
    assertThat(check()).isEqualTo(new Said(0, "4 lines, " + digest));
    Files.writeString(example, Files.readString(example).replace("0.1", "0.2"));
    assertThat(check().code()).isNotZero();
    assertThat(check().text()).contains("AssertionError: line 3");
  }

  @Test
  void everyKindIsExplained() throws IOException {
    String page =
        Files.readString(Path.of(System.getProperty("rewarddance.root"), "docs", "journal.md"));
    for (Kind kind : Kind.values()) {
      assertThat(page).contains("| `" + kind.wireName() + "` |");
    }
  }
}
