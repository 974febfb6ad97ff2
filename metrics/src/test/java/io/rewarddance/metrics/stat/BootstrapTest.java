package io.rewarddance.metrics.stat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class BootstrapTest {
  private static MeanInterval ofMean(long seed, double... values) {
    return new Bootstrap(seed)
        .interval(
            mean(values),
            values.length,
            chance ->
                mean(
                    Arrays.stream(chance.units(values.length))
                        .mapToDouble(i -> values[i])
                        .toArray()))
        .orElseThrow();
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  @Test
  void ofAMeanItIsCloseToStudents() {
    double[] values = new Random(1).doubles(200).toArray();
    MeanInterval student = MeanInterval.student(values);
    MeanInterval bootstrap = ofMean(7, values);
    assertThat(bootstrap.mean()).isEqualTo(student.mean(), within(1e-12));
    assertThat(bootstrap.low()).isEqualTo(student.low(), within(0.006));
    assertThat(bootstrap.high()).isEqualTo(student.high(), within(0.006));
    assertThat(bootstrap.n()).isEqualTo(200);
  }

  @Test
  void theSeedDecides() {
    double[] values = new Random(2).doubles(20).toArray();
    assertThat(ofMean(7, values)).isEqualTo(ofMean(7, values)).isNotEqualTo(ofMean(8, values));
  }

  @Test
  void aShareIsDrawnAgainFromItsImages() {
    MeanInterval share = MeanInterval.wilson(300, 600);
    MeanInterval again =
        new Bootstrap(7).interval(0.5, 600, chance -> chance.mean(share, true)).orElseThrow();
    assertThat(again.low()).isEqualTo(share.low(), within(0.006));
    assertThat(again.high()).isEqualTo(share.high(), within(0.006));
  }

  @Test
  void ofAnotherMeanTheStandardErrorIsUsed() {
    MeanInterval mean = MeanInterval.normal(new Random(3).doubles(400).toArray());
    MeanInterval again =
        new Bootstrap(7)
            .interval(mean.mean(), 400, chance -> chance.mean(mean, false))
            .orElseThrow();
    assertThat(again.low()).isEqualTo(mean.low(), within(0.004));
    assertThat(again.high()).isEqualTo(mean.high(), within(0.004));
  }

  @Test
  void anEstimateWithoutAValueHasNoInterval() {
    assertThat(new Bootstrap(7).interval(Double.NaN, 3, chance -> 1)).isEmpty();
    assertThat(new Bootstrap(7).interval(1, 3, chance -> Double.NaN)).isEmpty();
  }
}
