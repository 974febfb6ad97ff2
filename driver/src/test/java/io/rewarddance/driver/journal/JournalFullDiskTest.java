package io.rewarddance.driver.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A file that may not grow beyond a limit is cut in the middle of a line, as on a full disk. */
@Timeout(60)
final class JournalFullDiskTest {
  @TempDir Path directory;

  /** Writes until it can't, then a short line into what is left. */
  public static final class Writer {
    public static void main(String[] arguments) throws IOException {
      try (Journal journal = Journal.create(Path.of(arguments[0]))) {
        int written = 0;
        try {
          for (; ; written++) {
            journal.append(
                Kind.ITERATION, Lines.object().put("filler", "x".repeat(1300)), Lines.object());
          }
        } catch (IOException e) {
          long torn = JournalReader.read(Path.of(arguments[0])).tornBytes();
          journal.append(Kind.END, Lines.object().put("written", written), Lines.object());
          System.out.println(written + " " + torn + " " + journal.digest());
        }
      }
    }
  }

  @Test
  void aLineThatDoesNotFitIsTakenBackAndTheNextOneFollowsTheLastWhole() throws Exception {
    Path sh = Path.of("/bin/sh");
    assumeTrue(Files.isExecutable(sh), "skipped: the limit is set by a POSIX shell");
    Path file = directory.resolve("journal.jsonl");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process process =
        new ProcessBuilder(
                List.of(
                    sh.toString(),
                    "-c",
                    // In units of 512 or 1024 bytes, as the shell likes it.
                    "ulimit -f 20 && exec \"$@\"",
                    "sh",
                    java,
                    "-XX:-UsePerfData",
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Writer.class.getName(),
                    file.toString()))
            .redirectErrorStream(true)
            .start();
    String said;
    try {
      said = new String(process.getInputStream().readAllBytes()).strip();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    JournalReader.Content content = JournalReader.read(file);
    List<JournalLine> lines = content.lines();
    assertThat(content.tornBytes()).isZero();
    assertThat(lines).hasSizeBetween(5, 20);
    JournalLine last = lines.get(lines.size() - 1);
    assertThat(last.kind()).isEqualTo(Kind.END);
    assertThat(last.data().get("written").asInt()).isEqualTo(lines.size() - 1);
    assertThat(said).isEqualTo(lines.size() - 1 + " 0 " + last.digest());
  }
}
