package io.rewarddance.metrics.hacking;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Watches a run for reward hacking and collapse. A finding is reported when a rule first sees it,
 * when it gets worse, and again after each further window. Not thread-safe.
 *
 * <p>The findings of an iteration depend on the signals up to it and on nothing else: replaying
 * them through a new monitor gives the same state.
 */
public final class HackingMonitor {
  private final int window;
  private final List<HackingRule> rules;
  private final List<IterationSignals> signals = new ArrayList<>();
  private final Map<String, Finding> reported = new TreeMap<>();
  private Map<String, Finding> active = Map.of();

  private HackingMonitor(int window, Map<String, Drift> drawing) {
    this.window = window;
    this.rules =
        List.of(
            new ProxyAgainstGold(),
            new MassLoss(),
            new VarianceCollapse(),
            new DuplicateImages(),
            new CorrelationLoss(),
            new DrawingDrift(drawing),
            BlowUp.ofGradient(),
            BlowUp.ofPolicyDistance(),
            new GoldCollapse(),
            new PYesCollapse(),
            new JudgeLeftOut());
  }

  /**
   * @param window iterations that trends are taken over, at least 2
   */
  public static HackingMonitor of(int window) {
    return of(window, Map.of());
  }

  /**
   * @param window iterations that trends are taken over, at least 2
   * @param drawing in which direction a drawing metric does harm, by its name; {@link Drift#EITHER}
   *     for those not named
   */
  public static HackingMonitor of(int window, Map<String, Drift> drawing) {
    if (window < 2) {
      throw new IllegalArgumentException("window: " + window + " (expected: >= 2)");
    }
    return new HackingMonitor(window, Map.copyOf(drawing));
  }

  /** The monitor that has observed all of {@code history}. */
  public static HackingMonitor replay(
      int window, Map<String, Drift> drawing, List<IterationSignals> history) {
    HackingMonitor monitor = of(window, drawing);
    history.forEach(monitor::observe);
    return monitor;
  }

  /**
   * Takes the signals of the next iteration.
   *
   * @return what is new
   * @throws IllegalArgumentException when the iteration isn't later than the last
   */
  public List<Finding> observe(IterationSignals next) {
    if (!signals.isEmpty() && next.iteration() <= HackingRule.now(signals)) {
      throw new IllegalArgumentException(
          "iteration: " + next.iteration() + " (expected: > " + HackingRule.now(signals) + ")");
    }
    signals.add(next);
    Map<String, Finding> seen = new TreeMap<>();
    for (HackingRule rule : rules) {
      rule.check(signals, window).forEach(finding -> seen.put(finding.rule(), finding));
    }
    active = seen;
    List<Finding> fresh = seen.values().stream().filter(this::isNews).toList();
    fresh.forEach(finding -> reported.put(finding.rule(), finding));
    return fresh;
  }

  /** What the last iteration shows, new or not, in order of rule name. */
  public List<Finding> active() {
    return List.copyOf(active.values());
  }

  /** The worst of {@link #active()}; empty when all is well. */
  public Optional<Severity> state() {
    return active.values().stream().map(Finding::severity).max(Severity::compareTo);
  }

  private boolean isNews(Finding finding) {
    Finding before = reported.get(finding.rule());
    return before == null
        || finding.severity().compareTo(before.severity()) > 0
        || finding.lastIteration() >= before.lastIteration() + window;
  }
}
