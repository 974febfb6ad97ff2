package io.rewarddance.metrics.hacking;

import io.rewarddance.metrics.stat.MeanInterval;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What neither judge nor gold scores changes: background grain up, diversity down. The latest
 * measurement is held against the first, with the noise that their own images give them; so two
 * evaluations are enough.
 */
final class DrawingDrift implements HackingRule {
  /** Ratio to the first measurement that counts as drift. */
  private static final double RATIO = 1.5;

  private final Map<String, Drift> harmful;

  DrawingDrift(Map<String, Drift> harmful) {
    this.harmful = harmful;
  }

  @Override
  public List<Finding> check(List<IterationSignals> signals, int window) {
    SortedSet<String> names = new TreeSet<>();
    signals.forEach(signal -> names.addAll(signal.drawing().keySet()));
    List<Finding> findings = new ArrayList<>();
    for (String name : names) {
      List<IterationSignals> measured =
          signals.stream().filter(s -> s.drawing().containsKey(name)).toList();
      check(measured.get(0), measured.get(measured.size() - 1), name).ifPresent(findings::add);
    }
    return findings;
  }

  private Optional<Finding> check(IterationSignals first, IterationSignals last, String name) {
    MeanInterval before = first.drawing().get(name);
    MeanInterval after = last.drawing().get(name);
    if (!isHarmful(before, after, harmful.getOrDefault(name, Drift.EITHER))) {
      return Optional.empty();
    }
    return Optional.of(
        new Finding(
            "drawing-drift." + name,
            Severity.WARN,
            new Gap(before, after).text(name) + ", which the reward does not see",
            "look at the samples; to hold the drawing where it was, raise kl_weight, lower the"
                + " learning rate or stop earlier",
            first.iteration(),
            last.iteration()));
  }

  private static boolean isHarmful(MeanInterval before, MeanInterval after, Drift harmful) {
    Gap gap = new Gap(before, after);
    boolean up = gap.rose(0) && after.mean() > RATIO * before.mean();
    boolean down = gap.fell(0) && after.mean() * RATIO < before.mean();
    return before.mean() > 0 && (up && harmful != Drift.FALLING || down && harmful != Drift.RISING);
  }
}
