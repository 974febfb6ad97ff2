package io.rewarddance.driver.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewarddance.driver.loop.Evaluation;
import io.rewarddance.driver.loop.IterationRecord;
import io.rewarddance.driver.loop.Progress;
import io.rewarddance.driver.loop.RunHistory;
import io.rewarddance.driver.loop.RunSummary;
import io.rewarddance.driver.testing.RecordedRun;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConsoleListenerTest {
  @TempDir Path temporary;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private ConsoleListener listener(boolean live, Charset charset) {
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    return new ConsoleListener(
        new Screen(out, live, charset, 120), Optional.of(Duration.ofMinutes(3)));
  }

  private RunHistory play(ConsoleListener listener) {
    RunHistory history = new RecordedRun(temporary.resolve("quickstart")).finished();
    listener.planned(history.plan());
    listener.progress(new Progress(Progress.Stage.EVALUATE, 1, 600));
    listener.evaluated(history.evaluations().get(0));
    for (IterationRecord record : history.iterations()) {
      listener.iterationStarted(record.iteration());
      listener.progress(new Progress(Progress.Stage.JUDGE, 96, 144));
      listener.iterationFinished(record);
      record.findings().forEach(listener::finding);
    }
    listener.ended(RunSummary.of(history));
    return history;
  }

  private String shown() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aLogGetsThePlanAndALineForEachIteration() {
    play(listener(false, StandardCharsets.UTF_8));
    assertThat(shown()).doesNotContain("\033");
    assertThat(shown().lines())
        .contains("Run quickstart, seed 7")
        .contains("  generator   shapes_generator, version 1 (3fa2c13fa2c1)")
        .contains("  judge       shapes_judge, version 1 (3fa2c13fa2c1), pointwise, weight 1")
        .contains("  measured    on 600 held-out images before and after")
        .anyMatch(
            line ->
                line.contains(
                    "24 prompts x 6 images, 6 ode steps, then one update by nft; 40 times, or until 3:00 have passed"))
        .contains("held-out, before: 600 images  true alignment 0.203 [0.171, 0.235]  P(yes) 0.303")
        .contains("WARN duplicates: 12 % of images equal another of their group.");
    assertThat(shown().lines().filter(line -> line.startsWith("iteration "))).hasSize(40);
    assertThat(shown().lines())
        .anyMatch(
            line ->
                line.startsWith("iteration 6/40  P(yes) 0.4")
                    && line.contains("  1 failure  ")
                    && line.contains("  56 images/s  left 1:2"))
        .anyMatch(
            line ->
                line.startsWith("iteration 7/40  ")
                    && line.contains("  12 images without judge fine_style  "));
  }

  @Test
  void aTerminalGetsOneBlockThatIsReplaced() {
    play(listener(true, StandardCharsets.UTF_8));
    assertThat(shown()).containsOnlyOnce("failures 0   12 images without judge fine_style");
    String last = shown().substring(shown().lastIndexOf("iteration 40 of 40") - 60);
    assertThat(last).contains("█").contains("P(yes) 0.6").contains("groups set aside 0");
    assertThat(shown()).endsWith("\r\033[J");
    long up = shown().split("\033\\[\\d+A", -1).length - 1L;
    assertThat(up).isGreaterThan(40);
  }

  @Test
  void aTerminalWithoutBlocksGetsPlainLetters() {
    play(listener(true, StandardCharsets.US_ASCII));
    assertThat(shown()).contains("###").contains("sigma").matches("\\p{ASCII}*");
  }

  @Test
  void theEndSaysWhatCameOut() {
    RunSummary summary = RunSummary.of(new RecordedRun(temporary.resolve("quickstart")).finished());
    List<String> lines = new SummaryText(summary).lines();
    assertThat(lines)
        .contains("Finished: 40 of 40 iterations in 1:58")
        .contains("  before  0.203 [0.171, 0.235]   600 images")
        .contains("  after   0.503 [0.463, 0.543]   600 images")
        .contains("  gain    +0.300   intervals apart")
        .contains("P(yes) on held-out prompts: 0.303 → 0.603")
        .contains("Reward-hacking monitor: 1 finding");
    assertThat(lines)
        .anyMatch(line -> line.startsWith("Where the time went: generate 44.0 s (37 %), "));
    assertThat(lines).noneMatch(line -> line.contains("resume"));
  }

  @Test
  void aFailedRunSaysWhyAndHowToGoOn() {
    Path directory = temporary.resolve("broken");
    RunSummary summary = RunSummary.of(new RecordedRun(directory).failedAtOnce("the judge died"));
    assertThat(new SummaryText(summary).lines())
        .contains("Failed: 0 of 40 iterations in 0:00 (the judge died)")
        .contains("Go on with: rewarddance resume " + directory);
  }

  @Test
  void anEvaluationWithoutAnOracleSaysSo() {
    RunHistory history = new RecordedRun(temporary.resolve("q")).killed(1);
    Evaluation e = history.evaluations().get(0);
    Evaluation blind =
        new Evaluation(
            e.when(),
            0,
            1,
            "d",
            600,
            Optional.empty(),
            Optional.empty(),
            e.pYes(),
            e.categories(),
            e.drawing(),
            OptionalDouble.empty(),
            List.of(),
            1);
    RunHistory without =
        new RunHistory(history.plan(), history.iterations(), List.of(blind), Optional.empty());
    assertThat(new SummaryText(RunSummary.of(without)).lines())
        .contains("True alignment: not measured (no triton.oracle)");
  }
}
