package io.rewarddance.driver.paper.claim;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewarddance.driver.loop.Evaluation;
import io.rewarddance.metrics.stat.MeanInterval;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class NoticingTest {
  private static List<Double> pYes(DoubleStream values) {
    return values.boxed().toList();
  }

  private static Evaluation evaluation(int iterations, int right) {
    return new Evaluation(
        Evaluation.When.PROBE,
        iterations,
        1,
        "0".repeat(64),
        100,
        Optional.of(MeanInterval.wilson(right, 100)),
        Optional.empty(),
        new TreeMap<>(),
        new TreeMap<>(),
        new TreeMap<>(),
        OptionalDouble.empty(),
        List.of(),
        0);
  }

  @Test
  void whoReadsPYesAloneNeverNoticesWhileItRises() {
    assertThat(Noticing.reader(pYes(IntStream.range(0, 60).mapToDouble(i -> i / 60.0)))).isEmpty();
  }

  @Test
  void aFallOfTheSmoothedValueIsNoticed() {
    List<Double> values =
        pYes(IntStream.range(0, 60).mapToDouble(i -> i < 30 ? 0.5 : 0.5 - (i - 29) * 0.01));
    assertThat(Noticing.reader(values).orElseThrow()).isBetween(37, 41);
  }

  @Test
  void aShortRunIsTooShortToSmooth() {
    assertThat(Noticing.reader(pYes(DoubleStream.of(0.9, 0.1, 0.1)))).isEmpty();
  }

  @Test
  void whoLooksAtGoldNoticesWhenIntervalsAreApart() {
    List<Evaluation> falling =
        List.of(evaluation(0, 40), evaluation(5, 60), evaluation(10, 50), evaluation(15, 20));
    assertThat(Noticing.goldReader(falling)).hasValue(15);
    assertThat(Noticing.goldReader(falling.subList(0, 3))).isEmpty();
  }
}
