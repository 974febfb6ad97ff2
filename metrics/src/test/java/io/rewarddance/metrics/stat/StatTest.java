package io.rewarddance.metrics.stat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatTest {
  @Test
  void wilsonOfKnownShares() {
    // Wilson 1927 at 95 %, worked out by hand: (p + z2/2n +- z sqrt(p(1-p)/n + z2/4n2)) / (1 +
    // z2/n)
    assertInterval(MeanInterval.wilson(20, 100), .2, .13337, .28883);
    assertInterval(MeanInterval.wilson(0, 10), 0, 0, .27753);
    assertInterval(MeanInterval.wilson(10, 10), 1, .72247, 1);
    assertInterval(MeanInterval.wilson(1, 1), 1, .20654, 1);
  }

  @Test
  void studentAndNormalOfAKnownSample() {
    double[] values = {1, 2, 3, 4, 5};
    assertInterval(MeanInterval.student(values), 3, 1.03676, 4.96324);
    assertInterval(MeanInterval.normal(values), 3, 1.61410, 4.38590);
    assertInterval(MeanInterval.student(2, 2, 2), 2, 2, 2);
    assertInterval(
        MeanInterval.paired(new double[] {1, 1, 1}, new double[] {2, 3, 4}), 2, -.48414, 4.48414);
  }

  @Test
  void intervalsOfTooLittleAreRefused() {
    assertThatThrownBy(() -> MeanInterval.student(1))
        .hasMessage("values: 1 values (expected: >= 2)");
    assertThatThrownBy(() -> MeanInterval.wilson(3, 2)).hasMessageContaining("successes: 3 of 2");
    assertThatThrownBy(() -> MeanInterval.wilson(0, 0)).hasMessageContaining("n >= 1");
  }

  @Test
  void aTrueShareIsInsideAbout95TimesIn100() {
    Random random = new Random(1);
    int inside = 0;
    for (int trial = 0; trial < 2000; trial++) {
      int hits = (int) random.doubles(150).filter(u -> u < .3).count();
      MeanInterval interval = MeanInterval.wilson(hits, 150);
      inside += interval.low() <= .3 && .3 <= interval.high() ? 1 : 0;
    }
    assertThat(inside / 2000.).isBetween(.935, .965);
  }

  @Test
  void intervalsThatDoNotTouchAreApart() {
    MeanInterval low = new MeanInterval(.2, .1, .3, 10);
    assertThat(low.apartFrom(new MeanInterval(.5, .4, .6, 10))).isTrue();
    assertThat(low.apartFrom(new MeanInterval(.4, .3, .6, 10))).isFalse();
  }

  @Property(tries = 200)
  void momentsOfPartsMergeToThoseOfTheWhole(
      @ForAll @Size(min = 1, max = 40) List<@DoubleRange(min = -100, max = 100) Double> values,
      @ForAll @IntRange(max = 40) int cut) {
    double[] bounded = values.stream().mapToDouble(v -> v).toArray();
    int at = Math.min(cut, bounded.length);
    Moments merged =
        Moments.of(Arrays.copyOf(bounded, at))
            .merge(Moments.of(Arrays.copyOfRange(bounded, at, bounded.length)));
    Moments whole = Moments.of(bounded);
    assertThat(merged.n()).isEqualTo(whole.n());
    assertThat(merged.mean()).isCloseTo(whole.mean(), within(1e-9));
    assertThat(merged.sigma()).isCloseTo(whole.sigma(), within(1e-6));
  }

  @Property(tries = 100)
  void equalValuesHaveExactlyNoDeviation(
      @ForAll @DoubleRange(min = -1e9, max = 1e9) double value,
      @ForAll @IntRange(min = 1, max = 50) int n) {
    double[] values = new double[n];
    Arrays.fill(values, value);
    assertThat(Moments.of(values).sigma()).isZero();
  }

  @Test
  void momentsFromAJournalLineAreThoseOfTheSample() {
    Moments sample = Moments.of(.2, .5, .9, .4);
    Moments line = Moments.of(4, sample.mean(), sample.sigma());
    assertThat(line.squares()).isCloseTo(sample.squares(), within(1e-15));
  }

  /** Of 0 0 1 1 four of six pairs differ; of three labels that all differ, all three. */
  @Test
  void labelsDifferByTheShareOfTheirPairs() {
    assertThat(LabelDiversity.differingPairs(1, 1, 1)).hasValue(0);
    assertThat(LabelDiversity.differingPairs(0, 1, 2)).hasValue(1);
    assertThat(LabelDiversity.differingPairs(0, 0, 1, 1)).hasValueCloseTo(2.0 / 3, within(1e-12));
    assertThat(LabelDiversity.differingPairs(0, 1, -1, -1)).hasValue(1);
    assertThat(LabelDiversity.differingPairs(-1, 3)).isEmpty();
    assertThat(LabelDiversity.differingPairs()).isEmpty();
  }

  /** Two images of a prompt say on average what twenty do: small and large evaluations compare. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 20})
  void diversityDoesNotDependOnHowManyImagesThereAre(int images) {
    Random random = new Random(images);
    double sum = 0;
    int samples = 20_000;
    for (int i = 0; i < samples; i++) {
      int[] labels = random.ints(images, 0, 10).map(x -> x < 7 ? 0 : x).toArray();
      sum += LabelDiversity.differingPairs(labels).orElseThrow();
    }
    assertThat(sum / samples).isCloseTo(1 - .49 - 3 * .01, within(.015));
  }

  /** z of .5 is .549306; with 109 pairs its standard error is sqrt(1.06 / 106) = .1. */
  @Test
  void aCorrelationHasAnInterval() {
    MeanInterval half = RankCorrelation.interval(.5, 109);
    assertThat(half.low()).isCloseTo(Math.tanh(.549306 - .195996), within(1e-6));
    assertThat(half.high()).isCloseTo(Math.tanh(.549306 + .195996), within(1e-6));
    assertThat(RankCorrelation.separation(half, RankCorrelation.interval(0, 109)))
        .isCloseTo(.549306 / .1 / Math.sqrt(2), within(1e-4));
    assertThat(RankCorrelation.interval(1, 10).high()).isEqualTo(1);
    assertThat(RankCorrelation.interval(-1, 10).low()).isEqualTo(-1);
    assertThatThrownBy(() -> RankCorrelation.interval(.5, 3))
        .hasMessage("correlation: 0.5 of 3 (expected: in [-1, 1], n >= 4)");
  }

  /** Samples of one truth, as far apart as the standard error says. */
  @Test
  void separationsOfEqualCorrelationsAreThoseOfANormalDistribution() {
    Random random = new Random(1);
    double squares = 0;
    int samples = 2_000;
    for (int i = 0; i < samples; i++) {
      double separation = RankCorrelation.separation(drawn(60, random), drawn(600, random));
      squares += separation * separation;
      assertThat(separation).isLessThan(4.5);
    }
    assertThat(squares / samples).isCloseTo(1, within(.15));
  }

  private static MeanInterval drawn(int n, Random random) {
    double[] a = random.doubles(n).map(x -> random.nextGaussian()).toArray();
    double[] b = Arrays.stream(a).map(x -> x + random.nextGaussian()).toArray();
    return RankCorrelation.interval(RankCorrelation.spearman(a, b).orElseThrow(), n);
  }

  @Test
  void rankCorrelation() {
    double[] a = {1, 2, 3, 4};
    assertThat(RankCorrelation.spearman(a, new double[] {1, 4, 9, 16}).getAsDouble())
        .isCloseTo(1, within(1e-12));
    assertThat(RankCorrelation.spearman(a, new double[] {4, 3, 2, 1}).getAsDouble())
        .isCloseTo(-1, within(1e-12));
    // Ranks 1, 2.5, 2.5, 4 against 1, 2, 3, 4: 4.5 / sqrt(4.5 * 5).
    assertThat(RankCorrelation.spearman(a, new double[] {0, 1, 1, 2}).getAsDouble())
        .isCloseTo(Math.sqrt(.9), within(1e-12));
    assertThat(RankCorrelation.spearman(a, new double[] {7, 7, 7, 7})).isEmpty();
    List<double[]> gold = List.of(a, new double[] {0, 0, 0, 0}, new double[] {4, 3, 2, 1});
    assertThat(RankCorrelation.withinGroups(List.of(a, a, a), gold).getAsDouble())
        .isCloseTo(0, within(1e-12));
  }

  private static void assertInterval(MeanInterval actual, double mean, double low, double high) {
    assertThat(actual.mean()).isCloseTo(mean, within(1e-5));
    assertThat(actual.low()).isCloseTo(low, within(1e-5));
    assertThat(actual.high()).isCloseTo(high, within(1e-5));
  }
}
