package io.rewarddance.driver.console;

import io.rewarddance.driver.format.Text;
import io.rewarddance.driver.loop.Evaluation;
import io.rewarddance.driver.loop.IterationRecord;
import io.rewarddance.driver.loop.Progress;
import io.rewarddance.driver.loop.RunListener;
import io.rewarddance.driver.loop.RunPlan;
import io.rewarddance.driver.loop.RunSummary;
import io.rewarddance.driver.loop.StageNames;
import io.rewarddance.metrics.hacking.Finding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Shows a run while it goes: a live block on a terminal, plain lines anywhere else. */
public final class ConsoleListener implements RunListener {
  private static final long REDRAW_NANOS = 100_000_000;
  private static final int BAR = 40;

  private final Screen screen;
  private final Optional<Duration> timeLimit;
  private final TimeLeft timeLeft;
  private final long began = System.nanoTime();

  private RunPlan plan;
  private int done;
  private Progress progress = new Progress(Progress.Stage.START, 0, 1);
  private Optional<IterationRecord> last = Optional.empty();
  private Optional<Evaluation> lastEvaluation = Optional.empty();
  private String paused = "";
  private long drawnAt;
  private Progress.Stage announced;

  /**
   * @param timeLimit of the run, for the guess of the time left
   */
  public ConsoleListener(Screen screen, Optional<Duration> timeLimit) {
    this.screen = screen;
    this.timeLimit = timeLimit;
    this.timeLeft = new TimeLeft(timeLimit);
  }

  @Override
  public synchronized void planned(RunPlan plan) {
    this.plan = plan;
    this.done = plan.resumedAt().orElse(0);
    new PlanText(plan, timeLimit).lines().forEach(screen::print);
    draw(true);
  }

  @Override
  public synchronized void judgeNoise(double deviation, double floor) {
    announced = null;
    screen.print(
        Text.format(
            "judges asked again differ by %.4f in the reward; the advantage floor is %.4f",
            deviation, floor));
    draw(true);
  }

  @Override
  public synchronized void iterationStarted(int iteration) {
    draw(false);
  }

  @Override
  public synchronized void progress(Progress progress) {
    this.progress = progress;
    if (screen.live()) {
      draw(false);
    } else if (outsideIterations(progress.stage()) && announced != progress.stage()) {
      announced = progress.stage();
      screen.print(progress.stage().label());
    }
  }

  @Override
  public synchronized void iterationFinished(IterationRecord record) {
    last = Optional.of(record);
    done = record.iteration() + 1;
    announced = null;
    timeLeft.iteration(record.seconds(StageNames.TOTAL));
    if (screen.live()) {
      draw(true);
    } else {
      screen.print(new IterationText(record).line(plan.iterations(), left()));
    }
  }

  @Override
  public synchronized void evaluated(Evaluation evaluation) {
    lastEvaluation = Optional.of(evaluation);
    announced = null;
    if (!screen.live() || evaluation.when() != Evaluation.When.PROBE) {
      screen.print(evaluation(evaluation));
    }
    draw(true);
  }

  @Override
  public synchronized void finding(Finding finding) {
    screen.print(Text.format("%s %s: %s", finding.severity(), finding.rule(), finding.message()));
    screen.print("  " + finding.advice());
    draw(true);
  }

  @Override
  public synchronized void paused(String reason) {
    paused = reason;
    screen.print("paused: " + reason);
    draw(true);
  }

  @Override
  public synchronized void resumed() {
    paused = "";
    screen.print("going on");
    draw(true);
  }

  @Override
  public synchronized void ended(RunSummary summary) {
    screen.eraseBlock();
    plan = null;
  }

  private static boolean outsideIterations(Progress.Stage stage) {
    return stage == Progress.Stage.START
        || stage == Progress.Stage.REFERENCES
        || stage == Progress.Stage.NOISE
        || stage == Progress.Stage.EVALUATE;
  }

  private static String evaluation(Evaluation evaluation) {
    String when = evaluation.when().name().toLowerCase(Locale.ROOT);
    String gold =
        evaluation.goldStrict().map(g -> "  true alignment " + Text.interval(g)).orElse("");
    return Text.format(
        "held-out, %s: %d images%s  P(yes) %s",
        when, evaluation.images(), gold, Text.number(evaluation.meanPYes()));
  }

  private void draw(boolean now) {
    long time = System.nanoTime();
    if (!screen.live() || plan == null || !now && time - drawnAt < REDRAW_NANOS) {
      return;
    }
    drawnAt = time;
    screen.block(block());
  }

  private List<String> block() {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(
        Text.format(
            "  %s  iteration %d of %d   elapsed %s   left %s",
            Bar.of((double) done / plan.iterations(), Math.min(BAR, screen.width() / 3)),
            Math.min(done + 1, plan.iterations()),
            plan.iterations(),
            Text.clock(elapsed()),
            left()));
    lines.add("  now        " + now());
    last.ifPresent(record -> lines.addAll(new IterationText(record).block()));
    lastEvaluation.ifPresent(evaluation -> lines.add("  " + evaluation(evaluation)));
    return lines;
  }

  private String now() {
    if (!paused.isEmpty()) {
      return "paused: " + paused;
    }
    String label = progress.stage().label();
    return progress.total() == 1
        ? label
        : Text.format("%s %d of %d", label, progress.done(), progress.total());
  }

  private String left() {
    return timeLeft.text(plan.iterations() - done, elapsed());
  }

  private Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - began);
  }
}
