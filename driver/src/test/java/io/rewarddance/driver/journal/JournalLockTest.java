package io.rewarddance.driver.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class JournalLockTest {
  private static final String BUSY = "another driver is at work on this run";

  @TempDir Path directory;

  /** Another process that wants to go on with a journal. */
  public static final class Rival {
    public static void main(String[] arguments) throws IOException {
      Path file = Path.of(arguments[0]);
      try (Journal journal = Journal.append(file, JournalReader.read(file))) {
        System.out.println("got it: " + journal.digest());
      } catch (JournalException e) {
        System.out.println(e.getMessage());
      }
    }
  }

  private static String rival(Path file) throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process process =
        new ProcessBuilder(
                List.of(
                    java,
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Rival.class.getName(),
                    file.toString()))
            .redirectErrorStream(true)
            .start();
    try {
      String said = new String(process.getInputStream().readAllBytes());
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      return said.strip();
    } finally {
      process.destroyForcibly();
    }
  }

  /** A POSIX lock on the journal itself would be gone once this process has read it. */
  @Test
  void readingTheJournalDoesNotLetAnotherProcessIn() throws Exception {
    Path file = directory.resolve("journal.jsonl");
    try (Journal journal = Journal.create(file)) {
      Lines.write(journal, 1);
      assertThat(JournalReader.read(file).lines()).hasSize(4);
      assertThatThrownBy(() -> Journal.append(file, JournalReader.read(file)))
          .hasMessageContaining(BUSY);
      assertThat(rival(file)).contains(BUSY);
    }
    assertThat(rival(file)).startsWith("got it: ");
  }

  @Test
  void theSameProcessCannotOpenItTwiceByWhateverName() throws IOException {
    Path file = directory.resolve("journal.jsonl");
    Path alias = Files.createSymbolicLink(directory.resolve("alias"), directory);
    Journal journal = Journal.create(file);
    for (Path name : List.of(file, alias.resolve("journal.jsonl"))) {
      assertThatThrownBy(() -> Journal.append(name, JournalReader.read(name)))
          .isInstanceOf(JournalException.class)
          .hasMessageContaining(BUSY);
    }
    journal.close();
    journal.close();
    Journal.append(file, JournalReader.read(file)).close();
  }

  /** What was read before the lock was had must still be all there is. */
  @Test
  void linesOfAnotherDriverAreNotCutOff() throws IOException {
    Path file = directory.resolve("journal.jsonl");
    Journal.create(file).close();
    JournalReader.Content before = JournalReader.read(file);
    try (Journal other = Journal.append(file, before)) {
      Lines.write(other, 1);
    }
    assertThatThrownBy(() -> Journal.append(file, before))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("bytes (expected: 0, as when it was read)");
    assertThat(JournalReader.read(file).lines()).hasSize(4);
    Journal.append(file, JournalReader.read(file)).close();
  }

  @Test
  void aJournalIsNotBegunTwice() throws IOException {
    Path file = directory.resolve("journal.jsonl");
    Journal.create(file).close();
    assertThatThrownBy(() -> Journal.create(file)).isInstanceOf(FileAlreadyExistsException.class);
    Journal.append(file, JournalReader.read(file)).close();
  }
}
