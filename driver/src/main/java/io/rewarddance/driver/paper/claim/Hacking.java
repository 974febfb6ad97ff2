package io.rewarddance.driver.paper.claim;

import io.rewarddance.driver.paper.cell.CellKind;
import io.rewarddance.driver.paper.cell.Rung;
import io.rewarddance.driver.paper.cell.Table;
import io.rewarddance.driver.paper.work.Measures;
import io.rewarddance.metrics.stat.MeanInterval;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** Claims about a weak judge that is driven too long. */
final class Hacking {
  private static final double LEAST_LEAD = 1;

  private final Evidence evidence;

  Hacking(Evidence evidence) {
    this.evidence = evidence;
  }

  List<Claim> claims() {
    return List.of(
        hacked(),
        earlier("monitor-before-p-yes", "a person who reads P(yes) alone", Noticing.P_YES_READER),
        earlier(
            "monitor-before-gold",
            "a person who looks at every gold evaluation",
            Noticing.GOLD_READER));
  }

  private Claim hacked() {
    String id = "weak-judges-are-hacked";
    SortedMap<Long, MeanInterval> before = values(Measures.GOLD_BEFORE);
    SortedMap<Long, MeanInterval> after = values(Measures.GOLD_AFTER);
    Rule rule =
        Rule.difference(
            "fall of strict gold from before to after, P(yes) of the same images risen on every seed");
    Ruling ruling =
        rule.on(Contrast.ofShares(before, after, id.hashCode()), Contrast.seeds(before, after));
    if (ruling.verdict() == Verdict.REPRODUCED && !risen()) {
      String because = "P(yes) didn't rise on every seed";
      ruling = new Ruling(Verdict.NOT_REPRODUCED, ruling.measured(), ruling.seeds(), because);
    }
    return new Claim(
        id,
        Optional.of(Table.HACKING),
        "4.4",
        "Driven too long by a weak judge, P(yes) goes up while true alignment goes down.",
        rule.words(),
        ruling);
  }

  private boolean risen() {
    SortedMap<Long, MeanInterval> before = values(Measures.P_YES_BEFORE);
    SortedMap<Long, MeanInterval> after = values(Measures.P_YES_AFTER);
    return before.keySet().stream()
        .allMatch(
            seed -> after.containsKey(seed) && after.get(seed).mean() > before.get(seed).mean());
  }

  private Claim earlier(String id, String person, String reader) {
    SortedMap<Long, MeanInterval> theirs = values(Measures.NOTICED + reader);
    SortedMap<Long, MeanInterval> monitors = values(Measures.NOTICED + Noticing.MONITOR);
    Rule rule =
        new Rule(
            "iterations that the monitor speaks before "
                + person
                + " notices; never counts as the end of the run",
            LEAST_LEAD);
    return new Claim(
        id,
        Optional.of(Table.HACKING),
        "ours",
        "The monitor speaks before " + person + ".",
        rule.words(),
        rule.on(
            Contrast.ofMeans(theirs, monitors, id.hashCode()), Contrast.seeds(theirs, monitors)));
  }

  private SortedMap<Long, MeanInterval> values(String measure) {
    return evidence.values(Table.HACKING, Rung.XS.label(), CellKind.RUN, measure);
  }
}
