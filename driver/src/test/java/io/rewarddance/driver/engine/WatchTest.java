package io.rewarddance.driver.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewarddance.driver.config.MonitorConfig;
import io.rewarddance.driver.loop.Evaluation;
import io.rewarddance.driver.loop.Evaluation.When;
import io.rewarddance.metrics.hacking.Drift;
import io.rewarddance.metrics.hacking.Finding;
import io.rewarddance.metrics.hacking.Severity;
import io.rewarddance.metrics.stat.MeanInterval;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The cadence of the shipped experiments: 600 images before and after, 60 every 15 iterations. */
final class WatchTest {
  private static final int ITERATIONS = 60;
  private static final SortedMap<String, Long> UPDATED = new TreeMap<>(Map.of("updates", 1L));

  private final Watch watch =
      new Watch(
          new MonitorConfig(
              10, MonitorConfig.OnStopFinding.PAUSE, Map.of("diversity", Drift.FALLING)));

  private record Course(double pYes, double gold, double correlation, double diversity) {}

  /** The last row is of the evaluation after the run, the others are 15 iterations apart. */
  private List<Finding> findings(Course... rows) {
    List<Evaluation> made = new ArrayList<>();
    for (int i = 0; i < rows.length; i++) {
      When when = i == 0 ? When.BEFORE : i == rows.length - 1 ? When.AFTER : When.PROBE;
      int iterations = when == When.AFTER ? ITERATIONS : 15 * i;
      made.add(evaluation(when, iterations, rows[i]));
    }
    List<Finding> findings = new ArrayList<>();
    for (int i = 0; i < ITERATIONS; i++) {
      findings.addAll(watch.observe(i, new TreeMap<>(), UPDATED, made));
    }
    findings.addAll(watch.conclude(made.get(rows.length - 1)));
    return findings;
  }

  private static Evaluation evaluation(When when, int iterations, Course course) {
    int images = when == When.PROBE ? 60 : 600;
    return new Evaluation(
        when,
        iterations,
        1,
        "",
        images,
        Optional.empty(),
        Optional.of(mean(course.gold, .26, images)),
        new TreeMap<>(
            Map.of(
                "one", mean(course.pYes - .1, .4, images),
                "other", mean(course.pYes + .1, .4, images))),
        new TreeMap<>(),
        new TreeMap<>(
            Map.of(
                "diversity",
                mean(course.diversity, .4, images / 8),
                "lonely",
                new MeanInterval(1 + iterations, 1 + iterations, 1 + iterations, 1))),
        OptionalDouble.of(course.correlation),
        List.of(),
        0);
  }

  private static MeanInterval mean(double mean, double sigma, int n) {
    double half = 1.96 * sigma / Math.sqrt(n);
    return new MeanInterval(mean, mean - half, mean + half, n);
  }

  /** Numbers of a quickstart. */
  @Test
  void aHealthyRunIsClean() {
    assertThat(
            findings(
                new Course(.23, .55, .80, .60),
                new Course(.46, .72, .83, .62),
                new Course(.54, .75, .72, .70),
                new Course(.57, .78, .77, .62),
                new Course(.64, .80, .66, .55)))
        .isEmpty();
  }

  @Test
  void hackingIsSeenByTheFirstProbeThatShowsIt() {
    List<Finding> findings =
        findings(
            new Course(.23, .55, .80, .60),
            new Course(.46, .70, .80, .60),
            new Course(.80, .35, .05, .60),
            new Course(.81, .34, .05, .60),
            new Course(.82, .35, .05, .60));
    List<Finding> first = findings.stream().filter(f -> f.lastIteration() == 30).toList();
    assertThat(first)
        .extracting(Finding::rule)
        .containsExactly("correlation-loss", "gold-collapse", "proxy-against-gold");
    assertThat(first).extracting(Finding::severity).containsOnly(Severity.STOP);
    assertThat(first.get(2).message())
        .isEqualTo(
            "P(yes) of held-out images rose from 0.4600 to 0.8000 while gold fell from 0.7000 to"
                + " 0.3500");
    assertThat(first).extracting(Finding::firstIteration).containsExactly(0, 15, 15);
  }

  @Test
  void twoEvaluationsAreEnough() {
    assertThat(findings(new Course(.4, .6, .8, .6), new Course(.6, .5, .7, .2)))
        .extracting(f -> f.rule() + " " + f.severity())
        .containsExactly("drawing-drift.diversity WARN", "proxy-against-gold STOP");
  }
}
