package io.rewarddance.driver.paper.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.rewarddance.metrics.stat.MeanInterval;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class ContrastTest {
  private static SortedMap<Long, MeanInterval> shares(int n, int... successes) {
    SortedMap<Long, MeanInterval> bySeed = new TreeMap<>();
    for (int i = 0; i < successes.length; i++) {
      bySeed.put((long) i, MeanInterval.wilson(successes[i], n));
    }
    return bySeed;
  }

  @Test
  void aClearDifferenceIsApartFromZero() {
    MeanInterval difference =
        Contrast.ofShares(shares(480, 240, 250, 245), shares(480, 150, 160, 140), 7).orElseThrow();
    assertThat(difference.mean()).isEqualTo((735 - 450) / 3.0 / 480, within(1e-12));
    assertThat(difference.low()).isGreaterThan(0.1);
    assertThat(difference.n()).isEqualTo(3);
  }

  @Test
  void equalArmsAreNotApart() {
    MeanInterval difference =
        Contrast.ofShares(shares(480, 240, 250, 245), shares(480, 245, 250, 240), 7).orElseThrow();
    assertThat(difference.low()).isNegative();
    assertThat(difference.high()).isPositive();
  }

  @Test
  void fewerImagesMakeItWider() {
    MeanInterval many = Contrast.ofShares(shares(4800, 2400), shares(4800, 2000), 7).orElseThrow();
    MeanInterval few = Contrast.ofShares(shares(48, 24), shares(48, 20), 7).orElseThrow();
    assertThat(few.high() - few.low()).isGreaterThan(5 * (many.high() - many.low()));
  }

  @Test
  void onlySeedsThatBothHaveCount() {
    SortedMap<Long, MeanInterval> one = shares(100, 50, 60);
    SortedMap<Long, MeanInterval> other = shares(100, 40);
    assertThat(Contrast.ofShares(one, other, 7).orElseThrow().mean()).isEqualTo(0.1, within(1e-12));
    assertThat(Contrast.seeds(one, other)).isEqualTo(1);
    assertThat(Contrast.ofShares(one, new TreeMap<>(), 7)).isEmpty();
  }

  @Test
  void averagesOfOneSeedAreItsOwnInterval() {
    MeanInterval own = MeanInterval.wilson(30, 100);
    assertThat(Average.of(shares(100, 30), true)).contains(own);
    assertThat(Average.of(shares(100, 30, 40, 50), true).orElseThrow().mean())
        .isEqualTo(0.4, within(1e-12));
  }
}
