package io.rewarddance.driver.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

final class ChartTest {
  @Test
  void ticksAreRound() {
    assertThat(Ticks.linear(0, 1, 4)).containsExactly(0.0, 0.5, 1.0);
    assertThat(Ticks.linear(0.17, 0.58, 4)).containsExactly(0.2, 0.4);
    assertThat(Ticks.linear(0, 90, 6)).containsExactly(0.0, 20.0, 40.0, 60.0, 80.0);
    assertThat(Ticks.logarithmic(1e-8, 1e-6, 5)).containsExactly(1e-8, 1e-7, 1e-6);
  }

  @Property
  void ticksLieOnTheAxisAndAreFew(
      @ForAll @DoubleRange(min = -1e6, max = 1e6) double low,
      @ForAll @DoubleRange(min = 0.01, max = 1e6) double span) {
    List<Double> ticks = Ticks.linear(low, low + span, 4);
    assertThat(ticks.size()).isLessThanOrEqualTo(6);
    assertThat(ticks)
        .allMatch(tick -> tick >= low - span * 1e-6 && tick <= low + span * (1 + 1e-6));
  }

  @Test
  void aFrameTurnsTheYAxisUp() {
    Frame frame = new Frame(new Range(0, 10), new Range(0, 1), 210);
    assertThat(frame.across(0)).isEqualTo(52);
    assertThat(frame.across(10)).isEqualTo(408);
    assertThat(frame.down(0)).isEqualTo(184);
    assertThat(frame.down(1)).isEqualTo(10);
  }

  @Test
  void aConstantCurveStillHasARange() {
    Chart chart = chart(false, 0.5, 0.5, 0.5);
    assertThat(chart.svg()).contains("<path").doesNotContain("NaN");
  }

  @Test
  void whatIsNotPositiveIsLeftOutOfALogarithmicChart() {
    assertThat(chart(true, 0, -1).empty()).isTrue();
    assertThat(chart(true, 0, 1e-6, 1e-5).series().get(0).points()).hasSize(2);
  }

  @Test
  void longCurvesAreThinnedWithTheirExtremes() {
    List<Series.Point> points = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      points.add(new Series.Point(i, i == 7777 ? 50 : Math.sin(i)));
    }
    List<Series.Point> thin = new Series("wave", false, points).thinned().points();
    assertThat(thin.size()).isLessThanOrEqualTo(600);
    assertThat(thin).anyMatch(point -> point.x() == 7777 && point.y() == 50);
    assertThat(thin).isSortedAccordingTo((a, b) -> Double.compare(a.x(), b.x()));
  }

  @Test
  void aSharedAxisCoversIntervals() {
    Range range = Range.of(DoubleStream.of(0.2, 0.8), true);
    assertThat(range.low()).isCloseTo(0.164, within(1e-9));
    assertThat(Range.of(DoubleStream.of(0.01, 0.8), true).low()).isZero();
  }

  @Test
  void aRunKeepsItsColourWhereAnotherHasNoCurve() {
    Series curve = chart(false, 1, 2).series().get(0);
    Series none = new Series("none", false, List.of());
    Chart chart =
        new Chart(
            "title",
            "note",
            false,
            List.of(curve.ofRun(0, "a"), none.ofRun(1, "b"), curve.ofRun(2, "c")));
    assertThat(chart.svg()).contains("\"tone0 under\"", "\"tone2 over\"").doesNotContain("tone1");
    assertThat(chart.legend()).contains("key tone2\"></span>c").doesNotContain("tone1");
  }

  private static Chart chart(boolean logarithmic, double... values) {
    List<Series.Point> points = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      points.add(new Series.Point(i, values[i]));
    }
    return new Chart("title", "note", logarithmic, List.of(new Series("curve", false, points)));
  }
}
