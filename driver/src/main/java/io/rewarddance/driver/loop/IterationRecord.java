package io.rewarddance.driver.loop;

import io.rewarddance.metrics.hacking.Finding;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One finished iteration.
 *
 * @param iteration from 0
 * @param policyVersion version after the update
 * @param policyDigest its digest
 * @param rolloutFile HDF5 file, relative to the run directory; empty when nothing was trained on
 * @param rolloutDigest its sha-256; empty likewise
 * @param metrics numbers by the names of {@link MetricNames}; a number that does not exist is
 *     absent, never 0
 * @param counts counts by the names of {@link CountNames}; those by judge, kind of failure and
 *     reason only where not 0
 * @param seconds wall seconds by stage; not part of the journal's digest
 * @param findings what the monitor saw in this iteration
 * @param journalLine the line in the journal, as JSON without line end
 */
public record IterationRecord(
    int iteration,
    long policyVersion,
    String policyDigest,
    String rolloutFile,
    String rolloutDigest,
    SortedMap<String, Double> metrics,
    SortedMap<String, Long> counts,
    SortedMap<String, Double> seconds,
    List<Finding> findings,
    String journalLine) {
  public IterationRecord {
    metrics = Collections.unmodifiableSortedMap(new TreeMap<>(metrics));
    counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
    seconds = Collections.unmodifiableSortedMap(new TreeMap<>(seconds));
    findings = List.copyOf(findings);
  }

  /** The count of that name, 0 when absent. */
  public long count(String name) {
    return counts.getOrDefault(name, 0L);
  }

  /** The seconds of that stage, 0 when absent. */
  public double seconds(String stage) {
    return seconds.getOrDefault(stage, 0.0);
  }
}
