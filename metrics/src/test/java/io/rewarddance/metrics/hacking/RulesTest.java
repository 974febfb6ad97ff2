package io.rewarddance.metrics.hacking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rewarddance.metrics.stat.MeanInterval;
import io.rewarddance.metrics.stat.RankCorrelation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One row a case: what 60 iterations show, and what must be said about the last of them. */
class RulesTest {
  private static final int WINDOW = 10;
  private static final int ITERATIONS = 60;
  private static final String NOTHING = "";

  static Stream<Arguments> cases() {
    return Stream.of(
        row(
            "P(yes) up, gold down, from before to after",
            i -> ends(i, scored(i, ramp(i, .4, .7), ramp(i, .55, .45), 600)),
            "proxy-against-gold STOP"),
        row(
            "the same with 60 images: too few for so small a fall",
            i -> ends(i, scored(i, ramp(i, .4, .7), ramp(i, .55, .45), 60)),
            NOTHING),
        row(
            "60 images and a large fall",
            i -> ends(i, scored(i, ramp(i, .3, .7), ramp(i, .85, .52), 60)),
            "gold-collapse WARN, proxy-against-gold STOP"),
        row(
            "up first, then gold falls below what a probe saw",
            i -> i % 20 > 0 && i < 59 ? at(i) : scored(i, ramp(i, .2, .9), i == 40 ? .75 : .5, 200),
            "gold-collapse WARN, proxy-against-gold STOP"),
        row(
            "a probe's luck doesn't hide the fall from before to after",
            i ->
                i == 30
                    ? scored(i, .5, .6, 20)
                    : ends(i, scored(i, i / 59.0, i < 59 ? .55 : .45, 600)),
            "proxy-against-gold STOP"),
        row(
            "P(yes) up in training only, gold down",
            i ->
                ends(i, at(i).with(Measure.GOLD, mean(ramp(i, .55, .45), 600)))
                    .with(Signal.P_YES, ramp(i, .4, .7)),
            "proxy-against-gold STOP"),
        row(
            "P(yes) up, gold up",
            i -> ends(i, scored(i, ramp(i, .4, .7), ramp(i, .3, .5), 600)),
            NOTHING),
        row(
            "P(yes) flat, gold a little down",
            i -> ends(i, scored(i, .4, ramp(i, .55, .45), 600)),
            NOTHING),
        row(
            "P(yes) up, gold measured once",
            i -> i > 0 ? at(i).with(Signal.P_YES, .4 + i / 100.0) : scored(i, .4, .5, 600),
            NOTHING),
        row(
            "P(yes) up, gold not measured",
            i -> at(i).with(Signal.P_YES, ramp(i, .4, .7)),
            NOTHING),
        row(
            "P(yes) up, mass a little down",
            i ->
                at(i)
                    .with(Signal.P_YES, ramp(i, .4, .7))
                    .with(Signal.YES_NO_MASS, ramp(i, .99, .8)),
            "mass-loss WARN"),
        row(
            "P(yes) up, most mass gone",
            i ->
                at(i)
                    .with(Signal.P_YES, ramp(i, .4, .7))
                    .with(Signal.YES_NO_MASS, ramp(i, .99, .3)),
            "mass-loss STOP"),
        row(
            "P(yes) up, mass stays",
            i ->
                at(i)
                    .with(Signal.P_YES, ramp(i, .4, .7))
                    .with(Signal.YES_NO_MASS, ramp(i, .99, .98)),
            NOTHING),
        row(
            "group sigma to a fifth",
            i -> at(i).with(Signal.GROUP_SIGMA, ramp(i, .2, .02)),
            "group-variance-collapse WARN"),
        row(
            "group sigma to nothing",
            i -> at(i).with(Signal.GROUP_SIGMA, i < 40 ? .2 : .001),
            "group-variance-collapse STOP"),
        row(
            "reward sigma to nothing",
            i -> at(i).with(Signal.REWARD_SIGMA, i < 40 ? .2 : .001),
            "reward-variance-collapse STOP"),
        row("group sigma to a half", i -> at(i).with(Signal.GROUP_SIGMA, ramp(i, .2, .1)), NOTHING),
        row(
            "three duplicates in a hundred",
            i -> at(i).with(Signal.DUPLICATES, .03),
            "duplicate-images WARN"),
        row("all images alike", i -> at(i).with(Signal.DUPLICATES, 1), "duplicate-images STOP"),
        row(
            "one duplicate long ago",
            i -> at(i).with(Signal.DUPLICATES, i == 5 ? .03 : 0),
            NOTHING),
        row(
            "judge loses touch",
            i -> ends(i, ordered(i, ramp(i, .8, .4), 600)),
            "correlation-loss WARN"),
        row(
            "judge turns blind",
            i -> ends(i, ordered(i, ramp(i, .8, .02), 60)),
            "correlation-loss STOP"),
        row(
            "gold's spread narrows, as in every good run",
            i -> ends(i, ordered(i, ramp(i, .8, .65), 600)),
            NOTHING),
        row("a correlation of six images", i -> ends(i, ordered(i, ramp(i, .94, -.1), 6)), NOTHING),
        row("judge learns", i -> ends(i, ordered(i, ramp(i, .4, .7), 600)), NOTHING),
        row(
            "grain up",
            i -> at(i).withDrawing("grain", drawn(ramp(i, 1.1, 2.5), .05)),
            "drawing-drift.grain WARN"),
        row(
            "diversity down",
            i -> at(i).withDrawing("diversity", drawn(ramp(i, .9, .3), .05)),
            "drawing-drift.diversity WARN"),
        row(
            "diversity up, known to be good",
            i -> at(i).withDrawing("diversity", drawn(ramp(i, .3, .9), .05)),
            NOTHING),
        row(
            "grain up in two measurements",
            i -> i % 59 > 0 ? at(i) : at(i).withDrawing("grain", drawn(i < 59 ? .7 : 1.8, .1)),
            "drawing-drift.grain WARN"),
        row(
            "grain up by its own noise",
            i -> i % 59 > 0 ? at(i) : at(i).withDrawing("grain", drawn(i < 59 ? .7 : 1.8, .3)),
            NOTHING),
        row(
            "a metric of one image each",
            i -> ends(i, at(i).withDrawing("grain", new MeanInterval(1 + i, 1 + i, 1 + i, 1))),
            NOTHING),
        row(
            "a few values that happen to be equal have noise all the same",
            i ->
                ends(
                    i,
                    at(i)
                        .withDrawing(
                            "diversity", i < 59 ? drawn(.5, .05) : new MeanInterval(0, 0, 0, 5))),
            NOTHING),
        row(
            "template fit holds",
            i -> at(i).withDrawing("template_fit", drawn(ramp(i, .74, .81), .05)),
            NOTHING),
        row(
            "gradient norm leaps",
            i -> at(i).with(Signal.GRADIENT_NORM, i < 59 ? 1 : 20),
            "gradient-blow-up WARN"),
        row(
            "gradient norm explodes",
            i -> at(i).with(Signal.GRADIENT_NORM, i < 59 ? 1 : 1e4),
            "gradient-blow-up STOP"),
        row(
            "policy leaps away",
            i -> at(i).with(Signal.POLICY_DISTANCE, i < 59 ? .01 : .2),
            "policy-distance-blow-up WARN"),
        row(
            "policy hardly moved and then moved a little",
            i -> at(i).with(Signal.POLICY_DISTANCE, i < 59 ? 6e-5 : 1e-3),
            NOTHING),
        row(
            "policy distance was 0",
            i -> at(i).with(Signal.POLICY_DISTANCE, i < 59 ? 0 : .2),
            NOTHING),
        row(
            "gold nearly a third below what it was",
            i -> ends(i, scored(i, .4, ramp(i, .4, .28), 600)),
            "gold-collapse WARN"),
        row(
            "gold half gone",
            i -> ends(i, scored(i, .4, ramp(i, .65, .3), 60)),
            "gold-collapse STOP"),
        row("gold was never there", i -> ends(i, scored(i, .4, 0, 600)), NOTHING),
        row(
            "P(yes) half gone",
            i -> at(i).with(Signal.P_YES, i < 50 ? .4 : .2),
            "p-yes-collapse STOP"),
        row(
            "a judge left out of one group in six",
            i -> at(i).withLeftOut("style", 1 / 6.0),
            "judge-left-out.style WARN"),
        row("of few", i -> at(i).withLeftOut("style", .05).withLeftOut("match", .02), NOTHING),
        row(
            "of all, for half a window",
            i -> i < 55 ? at(i) : at(i).withLeftOut("style", 1),
            "judge-left-out.style WARN"),
        row(
            "of all, for more than half a window",
            i -> i < 54 ? at(i) : at(i).withLeftOut("style", 1).withLeftOut("match", .4),
            "judge-left-out.match WARN, judge-left-out.style STOP"),
        row(
            "of all, and then of none",
            i -> i == 59 ? at(i) : at(i).withLeftOut("style", 1),
            NOTHING),
        row("nothing measured", i -> at(i), NOTHING));
  }

  @Test
  void aJudgeThatIsDownFromTheStartStopsTheRunAfterMoreThanHalfAWindow() {
    HackingMonitor monitor = HackingMonitor.of(4);
    List<String> said = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      int iteration = i;
      monitor
          .observe(at(i).withLeftOut("style", 1))
          .forEach(finding -> said.add(iteration + " " + finding.severity()));
    }
    assertThat(said).containsExactly("0 WARN", "2 STOP");
    assertThat(monitor.active().get(0).message())
        .isEqualTo(
            "judge 'style' was left out of 100.0 % of the rollouts, and of 100.0 % of a window of 4"
                + " iterations");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void eachRuleSaysWhatItSeesAndNothingElse(
      String name, IntFunction<IterationSignals> run, String expected) {
    HackingMonitor monitor = HackingMonitor.replay(WINDOW, known(), signals(run, ITERATIONS));
    List<String> seen = monitor.active().stream().map(f -> f.rule() + " " + f.severity()).toList();
    assertThat(seen)
        .isEqualTo(expected.equals(NOTHING) ? List.of() : List.of(expected.split(", ")));
    assertThat(monitor.active())
        .allSatisfy(
            finding -> {
              assertThat(finding.message()).containsPattern("[0-9]");
              assertThat(finding.advice()).isNotBlank();
              assertThat(finding.firstIteration()).isBetween(0, finding.lastIteration());
              assertThat(finding.lastIteration()).isEqualTo(ITERATIONS - 1);
            });
  }

  @Test
  void aFindingIsSaidOnceAgainWhenWorseAndThenEachWindow() {
    HackingMonitor monitor = HackingMonitor.of(5);
    List<String> said = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      double share = i < 3 ? 0 : i < 6 ? .1 : .6;
      int iteration = i;
      monitor
          .observe(at(i).with(Signal.DUPLICATES, share))
          .forEach(finding -> said.add(iteration + " " + finding.severity()));
    }
    assertThat(said).containsExactly("3 WARN", "6 STOP", "11 STOP", "16 STOP");
    assertThat(monitor.state()).contains(Severity.STOP);
  }

  @Test
  void replayingTheSignalsGivesTheSameState() {
    List<IterationSignals> all =
        signals(i -> at(i).with(Signal.P_YES, i < 50 ? .4 : .2).with(Signal.DUPLICATES, .1), 60);
    HackingMonitor lived = HackingMonitor.of(WINDOW);
    List<Finding> later = new ArrayList<>();
    for (IterationSignals next : all) {
      List<Finding> fresh = lived.observe(next);
      if (next.iteration() >= 53) {
        later.addAll(fresh);
      }
    }
    HackingMonitor resumed = HackingMonitor.replay(WINDOW, Map.of(), all.subList(0, 53));
    List<Finding> again = new ArrayList<>();
    all.subList(53, 60).forEach(next -> again.addAll(resumed.observe(next)));
    assertThat(again).isNotEmpty().isEqualTo(later);
    assertThat(resumed.active()).isEqualTo(lived.active());
  }

  @Test
  void nonsenseIsRefused() {
    assertThatThrownBy(() -> HackingMonitor.of(1)).hasMessage("window: 1 (expected: >= 2)");
    assertThatThrownBy(() -> at(0).with(Signal.P_YES, Double.NaN))
        .hasMessageContaining("P_YES: NaN (expected: a finite number");
    MeanInterval endless = new MeanInterval(0, 0, Double.POSITIVE_INFINITY, 2);
    assertThatThrownBy(() -> at(0).with(Measure.GOLD, endless))
        .hasMessageContaining("GOLD: Infinity (expected: a finite number");
    HackingMonitor monitor = HackingMonitor.of(2);
    monitor.observe(at(3));
    assertThatThrownBy(() -> monitor.observe(at(3))).hasMessage("iteration: 3 (expected: > 3)");
  }

  private static Arguments row(String name, IntFunction<IterationSignals> run, String expected) {
    return Arguments.of(name, run, expected);
  }

  private static Map<String, Drift> known() {
    return Map.of("diversity", Drift.FALLING);
  }

  private static List<IterationSignals> signals(IntFunction<IterationSignals> run, int count) {
    return Stream.iterate(0, i -> i + 1).limit(count).map(run::apply).toList();
  }

  private static IterationSignals at(int iteration) {
    return IterationSignals.at(iteration);
  }

  /** Measured before the first iteration and with the last, and else not. */
  private static IterationSignals ends(int iteration, IterationSignals measured) {
    return iteration % (ITERATIONS - 1) > 0 ? at(iteration) : measured;
  }

  private static IterationSignals scored(int iteration, double pYes, double gold, int images) {
    return at(iteration)
        .with(Measure.P_YES, mean(pYes, images))
        .with(Measure.GOLD, mean(gold, images));
  }

  private static IterationSignals ordered(int iteration, double correlation, int images) {
    return at(iteration)
        .with(Measure.GOLD_CORRELATION, RankCorrelation.interval(correlation, images));
  }

  /** Of values that scatter by 0.35, as the oracle's grades and the judge's P(yes) do. */
  private static MeanInterval mean(double mean, int images) {
    double half = 1.96 * .35 / Math.sqrt(images);
    return new MeanInterval(mean, mean - half, mean + half, images);
  }

  private static double ramp(int iteration, double from, double to) {
    return from + (to - from) * iteration / (ITERATIONS - 1);
  }

  private static MeanInterval drawn(double mean, double error) {
    return new MeanInterval(mean, mean - 1.96 * error, mean + 1.96 * error, 60);
  }
}
