package io.rewarddance.driver.paper.claim;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewarddance.metrics.stat.MeanInterval;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class TrendTest {
  private static List<Trend.Point> points(double slope, double noise, int seed) {
    Random random = new Random(seed);
    List<Trend.Point> points = new ArrayList<>();
    for (long s = 0; s < 3; s++) {
      for (int x = 0; x < 5; x++) {
        points.add(new Trend.Point(s, x, slope * x + noise * random.nextGaussian()));
      }
    }
    return points;
  }

  @Test
  void aRiseIsSeen() {
    MeanInterval rising = Trend.of(points(1, 0.5, 1), 7).orElseThrow();
    assertThat(rising.low()).isPositive();
    assertThat(rising.n()).isEqualTo(15);
    assertThat(Trend.seeds(points(1, 0.5, 1))).isEqualTo(3);
  }

  /** Under chance alone an interval lies above 0 in about one case of forty. */
  @Test
  void chanceIsRarelyTakenForARise() {
    int wrong = 0;
    for (int i = 0; i < 60; i++) {
      wrong += Trend.of(points(0, 1, i), 7).orElseThrow().low() > 0 ? 1 : 0;
    }
    assertThat(wrong).isLessThanOrEqualTo(6);
  }

  @Test
  void theBetterPredictorIsSeen() {
    List<Trend.Point> good = points(1, 0.3, 2);
    Random random = new Random(3);
    List<Trend.Point> bad =
        good.stream().map(p -> new Trend.Point(p.seed(), random.nextDouble(), p.y())).toList();
    assertThat(Trend.difference(good, bad, 7).orElseThrow().low()).isPositive();
    assertThat(Trend.difference(bad, good, 7).orElseThrow().high()).isNegative();
  }

  @Test
  void fewCellsAndEqualOnesHaveNoTrend() {
    assertThat(Trend.of(points(1, 0, 1).subList(0, 3), 7)).isEmpty();
    List<Trend.Point> flat =
        points(1, 0, 1).stream().map(p -> new Trend.Point(0, 1, p.y())).toList();
    assertThat(Trend.of(flat, 7)).isEmpty();
  }
}
