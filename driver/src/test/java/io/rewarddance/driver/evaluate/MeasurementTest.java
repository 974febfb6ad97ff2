package io.rewarddance.driver.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.rewarddance.driver.generate.Draw;
import io.rewarddance.driver.loop.Evaluation;
import io.rewarddance.metrics.stat.MeanInterval;
import io.rewarddance.rollout.Prompt;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

final class MeasurementTest {
  private static final Offset<Double> CLOSE = within(1e-9);

  private final List<Sight> sights = new ArrayList<>();

  private void see(String prompt, String category, double pYes, Optional<Gold> gold) {
    Draw draw = new Draw(new Prompt(0, prompt, category), sights.size());
    sights.add(new Sight(sights.size(), draw, new TreeMap<>(Map.of("judge", pYes)), gold));
  }

  private static Optional<Gold> gold(boolean strict, double graded, int label) {
    return Optional.of(
        new Gold(
            strict,
            graded,
            new TreeMap<>(Map.of("fit", graded / 2)),
            new TreeMap<>(Map.of("diversity_label", label))));
  }

  private static void assertInterval(
      MeanInterval got, double mean, double low, double high, int n) {
    assertThat(got.mean()).isEqualTo(mean, CLOSE);
    assertThat(got.low()).isEqualTo(low, within(1e-6));
    assertThat(got.high()).isEqualTo(high, within(1e-6));
    assertThat(got.n()).isEqualTo(n);
  }

  /** Wilson's interval of 8 of 10 at z = 1.959964. */
  @Test
  void sharesHaveWilsonIntervals() {
    for (int i = 0; i < 10; i++) {
      see("a circle", "one", 0.5, gold(i < 8, 0.5, -1));
    }
    assertInterval(
        new Measurement(sights).goldStrict().orElseThrow(), 0.8, 0.4901625, 0.9433178, 10);
  }

  /** Mean 0.4, s = 0.2, t(2) = 4.302653: half a width is 4.302653 * 0.2 / sqrt(3). */
  @Test
  void meansHaveStudentIntervals() {
    for (double p : new double[] {0.2, 0.4, 0.6}) {
      see("a circle", "one", p, gold(true, p, -1));
    }
    double half = 4.30265273 * 0.2 / Math.sqrt(3);
    Measurement measurement = new Measurement(sights);
    assertInterval(measurement.pYes().get("judge"), 0.4, 0.4 - half, 0.4 + half, 3);
    assertInterval(measurement.goldGraded().orElseThrow(), 0.4, 0.4 - half, 0.4 + half, 3);
    assertInterval(measurement.drawing().get("fit"), 0.2, 0.2 - half / 2, 0.2 + half / 2, 3);
  }

  @Test
  void allAndNoneAreSharesToo() {
    see("a circle", "one", 1, gold(false, 0, -1));
    MeanInterval none = new Measurement(sights).goldStrict().orElseThrow();
    assertThat(none.mean()).isZero();
    assertThat(none.low()).isZero();
    assertThat(none.high()).isPositive();
    assertInterval(new Measurement(sights).goldGraded().orElseThrow(), 0, 0, 0, 1);
  }

  /** Of labels 0 0 1 1 four of six pairs differ, of equal ones none; one label says nothing. */
  @Test
  void diversityIsTheShareOfPairsOfAPromptThatDiffer() {
    for (int label : new int[] {0, 0, 1, 1}) {
      see("a circle", "one", 0.5, gold(true, 1, label));
    }
    for (int label : new int[] {2, 2, 2}) {
      see("a square", "one", 0.5, gold(true, 1, label));
    }
    see("a triangle", "one", 0.5, gold(true, 1, 1));
    see("a triangle", "one", 0.5, gold(true, 1, -1));
    MeanInterval diversity = new Measurement(sights).drawing().get("diversity");
    assertThat(diversity.mean()).isEqualTo(1.0 / 3, CLOSE);
    assertThat(diversity.n()).isEqualTo(2);
  }

  @Test
  void labelsThatSayNothingGiveNoDiversity() {
    see("a circle", "one", 0.5, gold(true, 1, -1));
    assertThat(new Measurement(sights).drawing()).containsOnlyKeys("fit");
  }

  @Test
  void categoriesAreMeasuredApart() {
    see("a circle", "one", 0.2, gold(true, 1, -1));
    see("a circle", "one", 0.4, gold(true, 1, -1));
    see("a red circle", "two", 0.9, gold(false, 0, -1));
    Map<String, Evaluation.Category> categories = new Measurement(sights).categories();
    assertThat(categories).containsOnlyKeys("one", "two");
    assertThat(categories.get("one").goldStrict().orElseThrow().mean()).isEqualTo(1);
    assertThat(categories.get("one").pYes().mean()).isEqualTo(0.3, CLOSE);
    assertInterval(categories.get("two").pYes(), 0.9, 0.9, 0.9, 1);
  }

  @Test
  void judgeAndGoldAreCorrelatedByRank() {
    see("a circle", "one", 0.1, gold(true, 0.2, -1));
    see("a circle", "one", 0.2, gold(true, 0.9, -1));
    see("a circle", "one", 0.9, gold(true, 0.95, -1));
    assertThat(new Measurement(sights).goldCorrelation()).hasValueCloseTo(1.0, CLOSE);
    see("a circle", "one", 0.95, gold(true, 0.95, -1));
    assertThat(new Measurement(sights).goldCorrelation().orElseThrow()).isBetween(0.9, 0.999);
  }

  @Test
  void withoutAnOracleThereIsNoGold() {
    see("a circle", "one", 0.2, Optional.empty());
    see("a circle", "one", 0.4, Optional.empty());
    Measurement measurement = new Measurement(sights);
    assertThat(measurement.goldStrict()).isEmpty();
    assertThat(measurement.goldGraded()).isEmpty();
    assertThat(measurement.drawing()).isEmpty();
    assertThat(measurement.goldCorrelation()).isEmpty();
    assertThat(measurement.categories().get("one").goldStrict()).isEmpty();
    assertThat(measurement.pYes().get("judge").mean()).isEqualTo(0.3, CLOSE);
  }
}
