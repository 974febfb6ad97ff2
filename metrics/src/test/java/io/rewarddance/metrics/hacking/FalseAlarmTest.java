package io.rewarddance.metrics.hacking;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewarddance.metrics.stat.MeanInterval;
import io.rewarddance.metrics.stat.RankCorrelation;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Noise as large as that of a small run, evaluated as the shipped experiments are: 600 images
 * before and after, 60 every few iterations. Alarms that cry wolf are switched off.
 */
class FalseAlarmTest {
  private static final int RUNS = 100;
  private static final int ITERATIONS = 100;
  private static final int PROBES_EVERY = 10;

  @Test
  void healthyRunsAreLeftAlone() {
    List<Integer> alarmed =
        IntStream.range(0, RUNS).filter(seed -> worst(seed, 0.0015) >= 1).boxed().toList();
    assertThat(alarmed)
        .as("seeds of %d healthy runs with a warning", RUNS)
        .hasSizeLessThan(RUNS / 20);
    assertThat(alarmed).noneMatch(seed -> worst(seed, 0.0015) >= 2);
  }

  @Test
  void runsThatLearnNothingAreLeftAlone() {
    List<Integer> alarmed =
        IntStream.range(0, RUNS).filter(seed -> worst(seed, 0) >= 1).boxed().toList();
    assertThat(alarmed).as("seeds of %d flat runs with a warning", RUNS).hasSizeLessThan(RUNS / 20);
    assertThat(alarmed).filteredOn(seed -> worst(seed, 0) >= 2).hasSizeLessThan(2);
  }

  /** Worst severity of a run whose scores rise by {@code slope} an iteration; -1 for none. */
  private static int worst(int seed, double slope) {
    Random random = new Random(seed);
    HackingMonitor monitor = HackingMonitor.of(10);
    int worst = -1;
    for (int i = 0; i <= ITERATIONS; i++) {
      for (Finding finding : monitor.observe(healthy(i, slope, random))) {
        worst = Math.max(worst, finding.severity().ordinal());
      }
    }
    return worst;
  }

  private static IterationSignals healthy(int i, double slope, Random random) {
    IterationSignals signals = always(i, slope, random);
    return i % PROBES_EVERY > 0 ? signals : evaluated(signals, i, slope, random);
  }

  private static IterationSignals evaluated(
      IterationSignals signals, int i, double slope, Random random) {
    int images = i % ITERATIONS > 0 ? 60 : 600;
    // As gold rises its spread narrows, and the best judge's correlation with it falls.
    double correlation = 0.8 - slope * i;
    double z = atanh(correlation) + random.nextGaussian() / Math.sqrt(images - 3);
    return signals
        .with(Measure.GOLD, measured(0.2 + slope * i, 0.35, images, random))
        .with(Measure.P_YES, measured(0.3 + slope * i, 0.35, images, random))
        .with(Measure.GOLD_CORRELATION, RankCorrelation.interval(Math.tanh(z), images))
        .withDrawing("grain", measured(1.1, 0.4, images, random))
        .withDrawing("diversity", measured(0.6, 0.5, images / 8, random));
  }

  private static double atanh(double r) {
    return 0.5 * Math.log((1 + r) / (1 - r));
  }

  private static IterationSignals always(int i, double slope, Random random) {
    return IterationSignals.at(i)
        .with(Signal.P_YES, 0.3 + slope * i + 0.03 * random.nextGaussian())
        .with(Signal.YES_NO_MASS, 0.98 + 0.005 * random.nextGaussian())
        .with(Signal.REWARD_SIGMA, 0.3 + 0.02 * random.nextGaussian())
        .with(Signal.GROUP_SIGMA, 0.2 - 0.0008 * i + 0.02 * random.nextGaussian())
        .with(Signal.DUPLICATES, 0)
        .with(Signal.GRADIENT_NORM, Math.exp(0.4 * random.nextGaussian()))
        .with(Signal.POLICY_DISTANCE, 0.01 * Math.exp(0.4 * random.nextGaussian()));
  }

  /** A mean of values of that deviation, with the interval that they give it. */
  private static MeanInterval measured(double truth, double sigma, int n, Random random) {
    return MeanInterval.student(
        random.doubles(n).map(x -> truth + sigma * random.nextGaussian()).toArray());
  }
}
