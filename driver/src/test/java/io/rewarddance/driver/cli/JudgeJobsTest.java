package io.rewarddance.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewarddance.driver.testing.TinyPairs;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several judges by one command, and jobs that are resumed by their directory. */
final class JudgeJobsTest {
  private static final Path ROOT = Path.of(System.getProperty("rewarddance.root"));

  @TempDir private Path temporary;
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void writePairs() throws Exception {
    TinyPairs.write(temporary);
  }

  private int rewarddance(List<String> arguments) {
    return Main.commands(
            () -> {
              throw new AssertionError("no run is made");
            })
        .setOut(new PrintWriter(new StringWriter(), true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments.toArray(String[]::new));
  }

  private Path judge(String name, String... more) throws IOException {
    List<String> lines =
        new ArrayList<>(
            List.of(
                "judge: " + name,
                "seed: 7",
                "base: '" + ROOT.resolve("triton-models/bases/shapes_vlm_xs") + "'",
                "recipe: pointwise-generative",
                "preferences: '" + temporary.resolve("pairs.h5") + "'",
                "validation: [{name: own, file: '" + temporary.resolve("own.h5") + "'}]",
                "updates: 1",
                "steps: 2",
                "threads: 1",
                "training: {minibatch: 8}",
                "prove: {pairs: 3}",
                "output: '" + temporary.resolve("judges") + "'",
                "publish: {repository: '" + temporary.resolve("repository") + "'}"));
    lines.addAll(List.of(more));
    return Files.writeString(temporary.resolve(name + ".yaml"), String.join("\n", lines) + "\n");
  }

  private int train(Path... files) {
    List<String> arguments = new ArrayList<>(List.of("train-judge", "--plain"));
    for (Path file : files) {
      arguments.add(file.toString());
    }
    return rewarddance(arguments);
  }

  @Test
  void oneCommandTrainsAllJudgesAndAFinishedOneIsLeftAsItIs() throws IOException {
    Path one = judge("one");
    Path two = judge("two");
    assertThat(train(one, two)).as(err.toString()).isZero();
    assertThat(temporary.resolve("repository/one/config.pbtxt")).exists();
    assertThat(temporary.resolve("repository/two/config.pbtxt")).exists();
    Path journal = temporary.resolve("judges/one/journal.jsonl");
    byte[] before = Files.readAllBytes(journal);
    assertThat(train(one, two)).isZero();
    assertThat(Files.readAllBytes(journal)).isEqualTo(before);
  }

  @Test
  void nothingIsTrainedWhereOneFileIsWrong() throws IOException {
    Path one = judge("one");
    Path two = judge("two", "passes: 3");
    assertThat(train(one, two)).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("two.yaml").contains("passes");
    assertThat(temporary.resolve("judges")).doesNotExist();
  }

  @Test
  void twoFilesForOneDirectoryAreRefused() throws IOException {
    Path one = judge("one");
    Path copy = Files.copy(one, temporary.resolve("copy.yaml"));
    assertThat(train(one, copy)).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString())
        .contains("one.yaml", "copy.yaml", "both make " + temporary.resolve("judges/one"));
  }

  @Test
  void aJudgeThatFailsIsNamedAndTheNextOneTrained() throws IOException {
    Path broken =
        judge("broken", "training: {minibatch: 8, endpoint: 'http://127.0.0.1:1', retries: 0}");
    String text = Files.readString(broken).replaceFirst("training: \\{minibatch: 8}\n", "");
    Files.writeString(broken, text);
    assertThat(train(broken, judge("fine"))).isEqualTo(ExitCode.FAILED);
    assertThat(err.toString()).contains("1 of 2 judges failed").contains("broken.yaml: ");
    assertThat(temporary.resolve("repository/fine/config.pbtxt")).exists();
  }

  @Test
  void resumeGoesOnWithAJudgeByItsDirectory() throws IOException {
    assertThat(train(judge("one"))).isZero();
    Path directory = temporary.resolve("judges/one");
    Files.delete(directory.resolve("report.html"));
    Path journal = directory.resolve("journal.jsonl");
    List<String> lines = Files.readAllLines(journal);
    Files.writeString(journal, String.join("\n", lines.subList(0, 2)) + "\n");
    assertThat(rewarddance(List.of("resume", directory.toString(), "--plain")))
        .as(err.toString())
        .isZero();
    assertThat(directory.resolve("report.html")).exists();
    assertThat(Files.readAllLines(journal).get(1)).isEqualTo(lines.get(1));
  }

  @Test
  void resumeSaysThatAJobHasNoDashboardAndWhereAMovedOneBelongs() throws IOException {
    assertThat(train(judge("one"))).isZero();
    Path directory = temporary.resolve("judges/one");
    assertThat(rewarddance(List.of("resume", directory.toString(), "--dashboard", "0")))
        .isEqualTo(ExitCode.USAGE);
    Path moved = Files.move(directory, temporary.resolve("moved"));
    assertThat(rewarddance(List.of("resume", moved.toString()))).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString())
        .contains("--dashboard: this is no run")
        .contains(moved + " was begun as " + directory + " (expected: there; move it back)");
  }
}
