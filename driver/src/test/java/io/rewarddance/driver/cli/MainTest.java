package io.rewarddance.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewarddance.driver.loop.Phase;
import io.rewarddance.driver.model.Contracts;
import io.rewarddance.driver.testing.DescribedModels;
import io.rewarddance.driver.testing.IndexedTriton;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

final class MainTest {
  private static final Path PROJECT = Path.of(System.getProperty("rewarddance.root"));

  @TempDir Path temporary;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Phase end = Phase.FINISHED;
  private String experiment;

  @BeforeEach
  void chooseExperiment() {
    experiment = PROJECT.resolve("experiments/quickstart.yaml").toString();
  }

  private int rewarddance(String... arguments) {
    CommandLine commands = Main.commands(() -> new PlayedEngine(end));
    return commands
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  private int run(String name) {
    return rewarddance(
        "run", experiment, "--plain", "--run", name, "--set", "output='" + temporary + "'");
  }

  @ParameterizedTest
  @CsvSource({"FINISHED, 0", "FAILED, 1", "STOPPED, 4"})
  void theExitCodeSaysHowARunEnded(Phase end, int code) {
    this.end = end;
    assertThat(run("one")).isEqualTo(code);
    assertThat(temporary.resolve("one"))
        .isDirectoryContaining("glob:**/report.html")
        .isDirectoryContaining("glob:**/summary.json")
        .isDirectoryContaining("glob:**/run.log")
        .isDirectoryContaining("glob:**/config.yaml");
  }

  @Test
  void anExistingRunIsNeverWrittenOver() {
    run("one");
    assertThat(run("one")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("exists already", "rewarddance resume", "--run NAME");
  }

  @Test
  void aRunCalledLikeANumberIsANameAllTheSame() throws IOException {
    assertThat(run("007")).isZero();
    assertThat(Files.readString(temporary.resolve("007/config.yaml"))).contains("run: \"007\"");
  }

  @Test
  void aStoppedRunIsResumedWhereItIsNow() throws IOException {
    end = Phase.STOPPED;
    run("one");
    Path moved =
        Files.move(
            temporary.resolve("one"),
            Files.createDirectory(temporary.resolve("moved")).resolve("one"));
    assertThat(rewarddance("resume", moved.toString(), "--plain")).isEqualTo(ExitCode.STOPPED);
    Files.move(moved, moved.resolveSibling("two"));
    assertThat(rewarddance("resume", moved.resolveSibling("two").toString()))
        .isEqualTo(ExitCode.USAGE);
    assertThat(err.toString())
        .contains("holds the run one (expected: a directory of that name; rename it back)");
  }

  @Test
  void aFinishedRunCantBeResumed() {
    run("one");
    assertThat(rewarddance("resume", temporary.resolve("one").toString()))
        .isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).isEqualToIgnoringNewLines("run one is finished");
  }

  @Test
  void aReportIsMadeAgainFromWhatIsThere() throws IOException {
    run("one");
    Path report = temporary.resolve("one/report.html");
    Files.delete(report);
    assertThat(rewarddance("report", temporary.resolve("one").toString())).isZero();
    assertThat(report).exists();
    assertThat(out.toString()).contains("Not ended: 4 of 40 iterations");
  }

  @Test
  void aRunThatIsNotThereIsNamed() {
    assertThat(rewarddance("report", "no-such-run")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString())
        .startsWith("no-such-run: no such run (expected: a run directory, or one of [");
  }

  @Test
  void validateSaysWhatIsWrongAndStartsNothing() {
    assertThat(rewarddance("validate", experiment)).isZero();
    assertThat(rewarddance("validate", experiment, "--set", "rollouts.group_size=1")).isEqualTo(2);
    assertThat(err.toString())
        .contains(
            "--set rollouts.group_size=1: rollouts.group_size: 1 (expected: a whole number >= 2");
    assertThat(rewarddance("validate", experiment, "--print")).isZero();
    assertThat(out.toString()).contains("  group_size: 6");
  }

  @ParameterizedTest
  @CsvSource({
    "quickstart",
    "quickstart-pairwise",
    "shapes-grpo",
    "shapes-long",
    "shapes-refl",
    "shapes-video",
    "shapes-video-first-frame",
    "preferences/shapes"
  })
  void shippedExperimentsCanBeRun(String name) {
    String file = PROJECT.resolve("experiments/" + name + ".yaml").toString();
    assertThat(rewarddance("validate", file)).as(err.toString()).isZero();
  }

  @Test
  void validateKnowsAJudgeFileByItsKeys() {
    String file = PROJECT.resolve("experiments/judges/pointwise-generative.yaml").toString();
    assertThat(rewarddance("validate", file, "--set", "recipe=loudest")).isEqualTo(2);
    assertThat(err.toString())
        .contains("recipe: 'loudest' (expected: pairwise-generative, pointwise-generative or")
        .doesNotContain("judges:");
  }

  @Test
  void aFileOfNoKindIsReadAsAnExperiment() throws IOException {
    Path file = Files.writeString(temporary.resolve("some.yaml"), "colour: red\n");
    assertThat(rewarddance("validate", file.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("colour").contains("run");
  }

  @ParameterizedTest
  @CsvSource({"run", "resume", "validate", "doctor", "report", "judge", "search"})
  void everyCommandHasHelp(String command) {
    assertThat(rewarddance(command, "--help")).isZero();
    assertThat(out.toString()).startsWith("Usage: rewarddance " + command);
  }

  @ParameterizedTest
  @CsvSource({"''", "nonsense", "run", "run a b", "run x --seed", "resume", "report"})
  void wrongUsageIsExitCodeTwo(String arguments) {
    String[] words = arguments.isEmpty() ? new String[0] : arguments.split(" ");
    assertThat(rewarddance(words)).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).isNotEmpty();
  }

  @Test
  void aTakenPortLeavesNothingBehind() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = String.valueOf(taken.getLocalPort());
      int code =
          rewarddance(
              "run", experiment, "--set", "output='" + temporary + "'", "--dashboard", port);
      assertThat(code).isEqualTo(ExitCode.USAGE);
      assertThat(err.toString()).startsWith("can't listen on 127.0.0.1:" + port);
      assertThat(temporary).isEmptyDirectory();
    }
  }

  @Test
  void aRunCanBeServedWhileItGoes() {
    int code =
        rewarddance(
            "run",
            experiment,
            "--plain",
            "--set",
            "output='" + temporary + "'",
            "--dashboard",
            "0",
            "--service",
            "0");
    assertThat(code).isZero();
  }

  @Test
  void doctorLooksAtServersAlone() {
    try (IndexedTriton triton =
        IndexedTriton.start().serving(DescribedModels.of(Contracts.GENERATOR, "painter", 8))) {
      assertThat(rewarddance("doctor", "--endpoint", triton.endpoint())).isEqualTo(1);
      assertThat(out.toString())
          .startsWith("OK       " + triton.endpoint() + "    triton 2.99.0, live, ready")
          .contains("generator painter; no judge; no oracle", "1 to be mended first.")
          .doesNotContain("JDK");
      triton.serving(DescribedModels.of(Contracts.POINTWISE_JUDGE, "judge", 8));
      assertThat(rewarddance("doctor", "--json", "--endpoint", triton.endpoint())).isZero();
      assertThat(out.toString()).contains("\"problems\" : 0");
    }
  }

  @Test
  void doctorLooksAtTheServersOfAnExperiment() {
    String file = PROJECT.resolve("experiments/quickstart-triton.yaml").toString();
    try (IndexedTriton triton = IndexedTriton.start()) {
      String directory = "publish.directory='" + temporary + "'";
      assertThat(rewarddance("doctor", file, "--endpoint", triton.endpoint(), "--set", directory))
          .isEqualTo(1);
      assertThat(out.toString())
          .contains("JDK", "triton 2.99.0", "shapes_judge isn't in the index, which has []");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "--endpoint localhost, expected: host:port",
    "--endpoint a:1 --key k, --certificate and --key",
    "--endpoint a:1 --set run=x, go with FILE"
  })
  void doctorRefusesWhatItCantLookAt(String arguments, String text) {
    assertThat(rewarddance(("doctor " + arguments).split(" "))).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains(text);
  }

  @Test
  void aReportIsComparedWithOtherRuns() throws IOException {
    run("one");
    run("two");
    String one = temporary.resolve("one").toString();
    assertThat(rewarddance("report", one, "--compare", temporary.resolve("two").toString()))
        .isZero();
    assertThat(out.toString()).contains("compared     two: the same to the last bit in all 4");
    assertThat(Files.readString(temporary.resolve("one/report.html"))).contains("Compared with");
    assertThat(rewarddance("report", one, "--compare", "no-such-run")).isEqualTo(ExitCode.USAGE);
    assertThat(rewarddance("report", one, "--compare", "a", "b", "c", "d", "e", "f"))
        .isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("--compare: 6 runs (expected: up to 5)");
  }
}
