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
    Optional<Shift> shift = Shift.of(series.head(count), series.tail(count));
    if (shift.filter(s -> isHarmful(s, harmful.getOrDefault(name, Drift.EITHER))).isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Finding(
            "drawing-drift." + name,
            Severity.WARN,
            Text.moved(name, shift.get().before(), shift.get().after())
                + ", which the reward does not see",
            "look at the samples; to hold the drawing where it was, raise kl_weight, lower the"
                + " learning rate or stop earlier",
            series.iterations()[0],
            series.lastIteration()));
  }

  private static boolean isHarmful(Shift shift, Drift harmful) {
    double before = shift.before();
    boolean up = shift.rose(0) && shift.after() > RATIO * before;
    boolean down = shift.fell(0) && shift.after() * RATIO < before;
    return before > 0 && (up && harmful != Drift.FALLING || down && harmful != Drift.RISING);
  }
}
