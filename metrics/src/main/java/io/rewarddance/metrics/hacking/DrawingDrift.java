package io.rewarddance.metrics.hacking;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** What neither judge nor gold scores changes: background grain up, diversity down. */
final class DrawingDrift implements HackingRule {
  /** Ratio to the first measurements that counts as drift. */
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
      check(Series.ofDrawing(signals, name), name, window).ifPresent(findings::add);
    }
    return findings;
  }

  private Optional<Finding> check(Series series, String name, int window) {
    int count = Math.min(window, series.size() / 2);
    if (count == 0) {
      return Optional.empty();
    }
    double first = series.head(count).mean();
    double recent = series.tail(count).mean();
    boolean noise =
        Shift.of(series.head(count), series.tail(count))
            .filter(s -> !s.rose(0) && !s.fell(0))
            .isPresent();
    Drift drift = harmful.getOrDefault(name, Drift.EITHER);
    boolean up = first > 0 && recent > RATIO * first && drift != Drift.FALLING;
    boolean down = first > 0 && recent * RATIO < first && drift != Drift.RISING;
    if (noise || !up && !down) {
      return Optional.empty();
    }
    return Optional.of(
        new Finding(
            "drawing-drift." + name,
            Severity.WARN,
            Text.moved(name, first, recent) + ", which the reward does not see",
            "look at the samples; to hold the drawing where it was, raise kl_weight, lower the"
                + " learning rate or stop earlier",
            series.iterations()[0],
            series.lastIteration()));
  }
}
