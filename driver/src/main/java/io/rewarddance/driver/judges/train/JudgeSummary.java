package io.rewarddance.driver.judges.train;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What came of a judge's training.
 *
 * @param judge its name
 * @param directory with everything that was kept
 * @param base name of the base model
 * @param recipe that it was trained with
 * @param reasons likewise
 * @param updates made
 * @param steps optimizer steps made
 * @param bestStep number of the update that was kept
 * @param stoppedEarly whether the patience was used up before the last update
 * @param weightsDigest sha-256 of the weights that were kept
 * @param model directory of the Triton model
 * @param proof largest difference of a probability, served against trained; NaN until it is known
 * @param validation by set and domain, of the update that was kept; {@code all} is the whole set
 * @param logLosses by set, of the whole set after each update
 * @param seconds by stage, over all sittings
 */
public record JudgeSummary(
    String judge,
    Path directory,
    String base,
    String recipe,
    String reasons,
    int updates,
    long steps,
    int bestStep,
    boolean stoppedEarly,
    String weightsDigest,
    Path model,
    double proof,
    SortedMap<String, SortedMap<String, DomainScore>> validation,
    SortedMap<String, List<Double>> logLosses,
    SortedMap<String, Double> seconds) {
  public JudgeSummary {
    validation = Collections.unmodifiableSortedMap(new TreeMap<>(validation));
    logLosses = Collections.unmodifiableSortedMap(new TreeMap<>(logLosses));
    seconds = Collections.unmodifiableSortedMap(new TreeMap<>(seconds));
  }
}
