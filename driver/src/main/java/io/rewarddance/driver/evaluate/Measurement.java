package io.rewarddance.driver.evaluate;

import io.rewarddance.driver.loop.Evaluation;
import io.rewarddance.metrics.stat.LabelDiversity;
import io.rewarddance.metrics.stat.MeanInterval;
import io.rewarddance.metrics.stat.RankCorrelation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** What many images say together: means with 95 % intervals. Pure. */
final class Measurement {
  private final List<Sight> sights;

  /**
   * @param sights at least one
   */
  Measurement(List<Sight> sights) {
    this.sights = List.copyOf(sights);
  }

  Optional<MeanInterval> goldStrict() {
    List<Gold> gold = gold(sights);
    if (gold.isEmpty()) {
      return Optional.empty();
    }
    int strict = (int) gold.stream().filter(Gold::strict).count();
    return Optional.of(interval(MeanInterval.wilson(strict, gold.size())));
  }

  Optional<MeanInterval> goldGraded() {
    return mean(gold(sights), Gold::graded);
  }

  /** By judge. */
  SortedMap<String, MeanInterval> pYes() {
    SortedMap<String, MeanInterval> means = new TreeMap<>();
    for (String judge : sights.get(0).pYes().keySet()) {
      means.put(judge, mean(sights, sight -> sight.pYes().get(judge)).orElseThrow());
    }
    return means;
  }

  SortedMap<String, Evaluation.Category> categories() {
    SortedMap<String, List<Sight>> byCategory = new TreeMap<>();
    for (Sight sight : sights) {
      byCategory
          .computeIfAbsent(sight.draw().prompt().category(), c -> new ArrayList<>())
          .add(sight);
    }
    SortedMap<String, Evaluation.Category> categories = new TreeMap<>();
    byCategory.forEach(
        (category, members) ->
            categories.put(
                category,
                new Evaluation.Category(
                    new Measurement(members).goldStrict(),
                    mean(members, Sight::meanPYes).orElseThrow())));
    return categories;
  }

  /** The oracle's other numbers, and how much its labels differ inside a prompt. */
  SortedMap<String, MeanInterval> drawing() {
    SortedMap<String, MeanInterval> drawing = new TreeMap<>();
    List<Gold> gold = gold(sights);
    if (gold.isEmpty()) {
      return drawing;
    }
    for (String name : gold.get(0).drawing().keySet()) {
      drawing.put(name, mean(gold, g -> g.drawing().get(name)).orElseThrow());
    }
    for (String name : gold.get(0).labels().keySet()) {
      String metric = name.replaceFirst("_label$", "");
      mean(diversities(name), Double::doubleValue).ifPresent(mean -> drawing.put(metric, mean));
    }
    return drawing;
  }

  /** Spearman's rank correlation of mean P(yes) and graded gold over all images. */
  OptionalDouble goldCorrelation() {
    List<Sight> measured = sights.stream().filter(sight -> sight.gold().isPresent()).toList();
    return RankCorrelation.spearman(
        measured.stream().mapToDouble(Sight::meanPYes).toArray(),
        measured.stream().mapToDouble(sight -> sight.gold().orElseThrow().graded()).toArray());
  }

  /** Share of differing pairs, for each prompt with at least two labels. */
  private List<Double> diversities(String name) {
    SortedMap<String, List<Integer>> byPrompt = new TreeMap<>();
    for (Sight sight : sights) {
      byPrompt
          .computeIfAbsent(sight.draw().prompt().text(), prompt -> new ArrayList<>())
          .add(sight.gold().orElseThrow().labels().get(name));
    }
    List<Double> diversities = new ArrayList<>();
    for (List<Integer> labels : byPrompt.values()) {
      LabelDiversity.differingPairs(labels.stream().mapToInt(Integer::intValue).toArray())
          .ifPresent(diversities::add);
    }
    return diversities;
  }

  private static List<Gold> gold(List<Sight> sights) {
    return sights.stream().flatMap(sight -> sight.gold().stream()).toList();
  }

  /** Empty for no values; one value is its own interval. */
  private static <T> Optional<MeanInterval> mean(List<T> items, ToDoubleFunction<T> value) {
    double[] values = items.stream().mapToDouble(value).toArray();
    return switch (values.length) {
      case 0 -> Optional.empty();
      case 1 -> Optional.of(new MeanInterval(values[0], values[0], values[0], 1));
      default -> Optional.of(interval(MeanInterval.student(values)));
    };
  }

  private static MeanInterval interval(MeanInterval mean) {
    return new MeanInterval(mean.mean(), mean.low(), mean.high(), mean.n());
  }
}
