package io.rewarddance.driver.engine;

import io.rewarddance.driver.advantage.Advantages;
import io.rewarddance.driver.config.AdvantageConfig;
import io.rewarddance.driver.loop.CountNames;
import io.rewarddance.driver.loop.MetricNames;
import io.rewarddance.metrics.reward.Duplicates;
import io.rewarddance.metrics.reward.RewardSpread;
import io.rewarddance.rollout.AdvantagedRollout;
import io.rewarddance.rollout.Failure;
import io.rewarddance.rollout.ImageGradient;
import io.rewarddance.rollout.Pixels;
import io.rewarddance.rollout.SetAside;
import io.rewarddance.rollout.YesProbability;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Metrics and counts of an iteration's rollouts. Pure. */
final class RolloutNumbers {
  private RolloutNumbers() {}

  static SortedMap<String, Long> counts(List<List<Sample>> groups, Advantages.Result result) {
    SortedMap<String, Long> counts = new TreeMap<>();
    long asked = groups.stream().mapToLong(List::size).sum();
    counts.put(CountNames.ROLLOUTS, asked);
    counts.put(CountNames.JUDGED, (long) result.rollouts().size());
    counts.put(CountNames.TRAINED, result.trained());
    counts.put(CountNames.GROUPS_SET_ASIDE, (long) result.setAside().size());
    counts.put(CountNames.JUDGE_FAILURES, 0L);
    counts.put(CountNames.GENERATOR_FAILURES, 0L);
    groups.forEach(group -> group.forEach(sample -> count(counts, sample)));
    result.rollouts().forEach(rollout -> count(counts, rollout.scored().reward().leftOut()));
    for (SetAside group : result.setAside()) {
      increment(counts, CountNames.SET_ASIDE + group.reason());
    }
    return counts;
  }

  /** What the rollout is lost by, or else what it goes on without, gives the kind. */
  private static void count(SortedMap<String, Long> counts, Sample sample) {
    sample.failure().ifPresent(failure -> increment(counts, lost(failure)));
    sample
        .failure()
        .or(() -> sample.failures().stream().findFirst())
        .ifPresent(failure -> increment(counts, CountNames.FAILURE + failure.kind()));
    sample
        .judgeFailures()
        .keySet()
        .forEach(judge -> increment(counts, CountNames.FAILURES_OF_JUDGE + judge));
  }

  private static String lost(Failure failure) {
    boolean generator = failure.kind().name().startsWith("GENERATOR_");
    return generator ? CountNames.GENERATOR_FAILURES : CountNames.JUDGE_FAILURES;
  }

  private static void count(SortedMap<String, Long> counts, SortedSet<String> leftOut) {
    if (!leftOut.isEmpty()) {
      increment(counts, CountNames.LEFT_OUT);
    }
    leftOut.forEach(judge -> increment(counts, CountNames.LEFT_OUT_JUDGE + judge));
  }

  private static void increment(SortedMap<String, Long> counts, String name) {
    counts.merge(name, 1L, Long::sum);
  }

  /** What there are no rollouts for is absent. */
  static SortedMap<String, Double> metrics(
      List<List<Sample>> groups, Advantages.Result result, AdvantageConfig config) {
    SortedMap<String, Double> metrics = new TreeMap<>();
    List<List<Pixels>> images = new ArrayList<>();
    for (List<Sample> group : groups) {
      images.add(group.stream().flatMap(s -> s.drawn().stream()).map(g -> g.sample()).toList());
    }
    if (images.stream().anyMatch(group -> !group.isEmpty())) {
      metrics.put(MetricNames.DUPLICATES, Duplicates.share(images));
    }
    if (!result.rollouts().isEmpty()) {
      rewards(metrics, result.rollouts());
      answers(metrics, result.rollouts());
    }
    if (result.trained() > 0) {
      advantages(metrics, result.rollouts(), config.clip());
      gradients(metrics, result.rollouts());
    }
    return metrics;
  }

  private static void rewards(SortedMap<String, Double> metrics, List<AdvantagedRollout> rollouts) {
    Map<Integer, List<Double>> byGroup = new TreeMap<>();
    for (AdvantagedRollout rollout : rollouts) {
      rollout
          .scored()
          .reward()
          .total()
          .ifPresent(
              total ->
                  byGroup
                      .computeIfAbsent(rollout.id().group(), group -> new ArrayList<>())
                      .add(total));
    }
    if (byGroup.isEmpty()) {
      return;
    }
    List<double[]> rewards =
        byGroup.values().stream()
            .map(group -> group.stream().mapToDouble(Double::doubleValue).toArray())
            .toList();
    RewardSpread spread = RewardSpread.of(rewards, 0);
    metrics.put(MetricNames.REWARD, spread.all().mean());
    metrics.put(MetricNames.REWARD_SIGMA, spread.sigma());
    metrics.put(MetricNames.GROUP_SIGMA, spread.groupSigma());
  }

  private static void answers(SortedMap<String, Double> metrics, List<AdvantagedRollout> rollouts) {
    double pYes = 0;
    double mass = 0;
    SortedSet<String> judges = rollouts.get(0).scored().judges();
    for (String judge : judges) {
      List<YesProbability> answers =
          rollouts.stream()
              .flatMap(r -> Stream.ofNullable(r.scored().judgements().get(judge)))
              .toList();
      double own = mean(answers.stream().mapToDouble(YesProbability::probability).toArray());
      pYes += own / judges.size();
      mass += mean(answers.stream().mapToDouble(YesProbability::mass).toArray()) / judges.size();
      put(metrics, MetricNames.P_YES + "." + judge, own);
    }
    put(metrics, MetricNames.P_YES, pYes);
    put(metrics, MetricNames.YES_NO_MASS, mass);
  }

  /** A mean of nothing is no number: a judge that was left out of all groups has none. */
  private static void put(SortedMap<String, Double> metrics, String name, double value) {
    if (!Double.isNaN(value)) {
      metrics.put(name, value);
    }
  }

  private static void advantages(
      SortedMap<String, Double> metrics, List<AdvantagedRollout> rollouts, double clip) {
    double[] sizes =
        rollouts.stream()
            .filter(AdvantagedRollout::trained)
            .mapToDouble(r -> Math.abs(r.advantage()))
            .toArray();
    double clipped = 0;
    for (double size : sizes) {
      clipped += size >= clip ? 1 : 0;
    }
    metrics.put(MetricNames.ADVANTAGE_ABS, mean(sizes));
    metrics.put(MetricNames.ADVANTAGE_CLIPPED, clipped / sizes.length);
  }

  private static void gradients(
      SortedMap<String, Double> metrics, List<AdvantagedRollout> rollouts) {
    double[] norms =
        rollouts.stream()
            .filter(AdvantagedRollout::trained)
            .flatMap(r -> r.scored().gradient().stream())
            .mapToDouble(ImageGradient::norm)
            .toArray();
    if (norms.length > 0) {
      metrics.put(MetricNames.IMAGE_GRADIENT_NORM, mean(norms));
      metrics.put(MetricNames.IMAGE_GRADIENT_NORM_MAX, Arrays.stream(norms).max().getAsDouble());
    }
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  /** Of a group, for the journal. */
  static List<StoredIteration.Aside> asides(List<SetAside> setAside) {
    return setAside.stream()
        .map(s -> new StoredIteration.Aside(s.id().group(), s.reason().name(), s.detail()))
        .toList();
  }
}
