package io.rewarddance.metrics.hacking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A run that looks fine for half its time and then goes to pieces, as Muon at too high a rate did:
 * gold .20 to .35 over 45 iterations, then to .00 over the next 20.
 */
class CollapseTest {
  private static final int PEAK = 45;
  private static final int RUNS = 50;

  @ParameterizedTest
  @EnumSource(names = {"GOLD", "P_YES"})
  void aCollapseIsStoppedWhileMuchIsLeft(Signal signal) {
    List<OptionalInt> stops =
        IntStream.range(0, RUNS).mapToObj(seed -> firstStop(signal, seed)).toList();
    assertThat(stops).as("every run is stopped").allMatch(OptionalInt::isPresent);
    assertThat(stops).as("none before the fall").allMatch(stop -> stop.getAsInt() > PEAK);
    DoubleStream left = stops.stream().mapToDouble(stop -> truth(stop.getAsInt()));
    assertThat(left.average().orElseThrow()).as("gold left when stopped").isGreaterThan(0.12);
  }

  @Test
  void theFindingNamesTheBestAndWhatToDo() {
    HackingMonitor monitor = HackingMonitor.of(10);
    Finding stop = null;
    for (int i = 0; stop == null; i++) {
      List<Finding> fresh = monitor.observe(IterationSignals.at(i).with(Signal.GOLD, truth(i)));
      stop = fresh.stream().filter(f -> f.severity() == Severity.STOP).findFirst().orElse(null);
    }
    assertThat(stop.rule()).isEqualTo("gold-collapse");
    assertThat(stop.message())
        .isEqualTo("gold fell from 0.3433 to 0.1925 since its best, around iteration 43");
    assertThat(stop.advice()).startsWith("go back to the policy of iteration 45");
    assertThat(stop.firstIteration()).isEqualTo(41);
    assertThat(stop.lastIteration()).isEqualTo(56);
  }

  @Test
  void probesTenIterationsApartAreEnough() {
    HackingMonitor monitor = HackingMonitor.of(10);
    double[] probes = {.20, .24, .27, .30, .33, .35, .34, .35, .36, .35, .30, .15, .05, .02};
    IntStream.range(0, probes.length)
        .forEach(i -> monitor.observe(IterationSignals.at(10 * i).with(Signal.GOLD, probes[i])));
    assertThat(monitor.state()).contains(Severity.STOP);
  }

  private static OptionalInt firstStop(Signal signal, int seed) {
    Random random = new Random(seed);
    HackingMonitor monitor = HackingMonitor.of(10);
    for (int i = 0; i < 90; i++) {
      double value = Math.max(0, truth(i) + 0.03 * random.nextGaussian());
      List<Finding> fresh = monitor.observe(IterationSignals.at(i).with(signal, value));
      if (fresh.stream().anyMatch(finding -> finding.severity() == Severity.STOP)) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }

  private static double truth(int iteration) {
    return iteration <= PEAK
        ? 0.20 + 0.15 * iteration / PEAK
        : Math.max(0, 0.35 - 0.35 * (iteration - PEAK) / 20);
  }
}
