package io.rewarddance.metrics.hacking;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewarddance.metrics.stat.MeanInterval;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A run that looks fine for half its time and then goes to pieces, as Muon at too high a rate did:
 * gold .20 to .35 over 45 iterations, then to .00 over the next 20.
 */
class CollapseTest {
  private static final int PEAK = 45;
  private static final int RUNS = 50;
  private static final double NOISE = 0.03;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aCollapseIsStoppedWhileMuchIsLeft(boolean gold) {
    List<OptionalInt> stops =
        IntStream.range(0, RUNS).mapToObj(seed -> firstStop(gold, seed)).toList();
    assertThat(stops).as("every run is stopped").allMatch(OptionalInt::isPresent);
    assertThat(stops).as("none before the fall").allMatch(stop -> stop.getAsInt() > PEAK);
    DoubleStream left = stops.stream().mapToDouble(stop -> truth(stop.getAsInt()));
    assertThat(left.average().orElseThrow()).as("gold left when stopped").isGreaterThan(0.12);
  }

  @Test
  void theFindingNamesTheBestAndWhatToDo() {
    Finding stop = firstStop(HackingMonitor.of(10), i -> at(i).with(Signal.P_YES, truth(i)));
    assertThat(stop.rule()).isEqualTo("p-yes-collapse");
    assertThat(stop.message())
        .isEqualTo("P(yes) fell from 0.3433 to 0.1925 since its best, around iteration 43");
    assertThat(stop.advice()).startsWith("go back to the policy of iteration 45");
    assertThat(stop.firstIteration()).isEqualTo(41);
    assertThat(stop.lastIteration()).isEqualTo(56);
  }

  @Test
  void ofGoldItNamesTheEvaluationThatWasBest() {
    HackingMonitor monitor = HackingMonitor.of(10);
    Finding stop =
        firstStop(monitor, i -> i % 15 > 0 ? at(i) : at(i).with(Measure.GOLD, measured(truth(i))));
    assertThat(stop.rule()).isEqualTo("gold-collapse");
    assertThat(stop.message())
        .isEqualTo("gold fell from 0.3500 to 0.08750 since the evaluation of iteration 45");
    assertThat(stop.advice()).startsWith("go back to the policy of iteration 45");
    assertThat(stop.firstIteration()).isEqualTo(45);
    assertThat(stop.lastIteration()).isEqualTo(60);
    assertThat(monitor.observe(at(61))).as("said once").isEmpty();
    assertThat(monitor.state()).as("nothing has shown that it is over").contains(Severity.STOP);
    assertThat(monitor.observe(at(62).with(Measure.GOLD, measured(.33)))).isEmpty();
    assertThat(monitor.state()).isEmpty();
  }

  private static Finding firstStop(HackingMonitor monitor, IntFunction<IterationSignals> run) {
    for (int i = 0; ; i++) {
      for (Finding finding : monitor.observe(run.apply(i))) {
        if (finding.severity() == Severity.STOP) {
          return finding;
        }
      }
    }
  }

  private static OptionalInt firstStop(boolean gold, int seed) {
    Random random = new Random(seed);
    HackingMonitor monitor = HackingMonitor.of(10);
    for (int i = 0; i < 90; i++) {
      double value = Math.max(0, truth(i) + NOISE * random.nextGaussian());
      IterationSignals signals =
          gold ? at(i).with(Measure.GOLD, measured(value)) : at(i).with(Signal.P_YES, value);
      List<Finding> fresh = monitor.observe(signals);
      if (fresh.stream().anyMatch(finding -> finding.severity() == Severity.STOP)) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }

  private static IterationSignals at(int iteration) {
    return IterationSignals.at(iteration);
  }

  private static MeanInterval measured(double mean) {
    return new MeanInterval(mean, mean - 1.96 * NOISE, mean + 1.96 * NOISE, 100);
  }

  private static double truth(int iteration) {
    return iteration <= PEAK
        ? 0.20 + 0.15 * iteration / PEAK
        : Math.max(0, 0.35 - 0.35 * (iteration - PEAK) / 20);
  }
}
