package io.rewarddance.driver.loop;

import io.rewarddance.metrics.stat.MeanInterval;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One measurement on held-out prompts.
 *
 * @param when at which point of the run
 * @param iterations iterations trained before it
 * @param policyVersion version measured
 * @param policyDigest its digest
 * @param images images drawn
 * @param goldStrict share of images that the oracle accepts; empty without an oracle
 * @param goldGraded mean graded score of the oracle
 * @param pYes mean P(yes), for each judge by name
 * @param categories the same for each category
 * @param drawing mean of each drawing metric by its name; of a label how often two images of a
 *     prompt differ in it
 * @param goldCorrelation Spearman's rank correlation of mean P(yes) and the oracle's graded score
 *     over all images; empty without an oracle, or where one of them is constant
 * @param samples the images kept for the report, in a fixed order
 * @param seconds time it took; not part of the journal's digest
 */
public record Evaluation(
    When when,
    int iterations,
    long policyVersion,
    String policyDigest,
    int images,
    Optional<MeanInterval> goldStrict,
    Optional<MeanInterval> goldGraded,
    SortedMap<String, MeanInterval> pYes,
    SortedMap<String, Category> categories,
    SortedMap<String, MeanInterval> drawing,
    OptionalDouble goldCorrelation,
    List<Sample> samples,
    double seconds) {
  public Evaluation {
    pYes = Collections.unmodifiableSortedMap(new TreeMap<>(pYes));
    categories = Collections.unmodifiableSortedMap(new TreeMap<>(categories));
    drawing = Collections.unmodifiableSortedMap(new TreeMap<>(drawing));
    samples = List.copyOf(samples);
  }

  /** At which point of the run. */
  public enum When {
    BEFORE,
    PROBE,
    AFTER
  }

  /** Mean P(yes) over the judges, the number that the summary shows. */
  public OptionalDouble meanPYes() {
    return pYes.values().stream().mapToDouble(MeanInterval::mean).average();
  }

  /**
   * @param goldStrict as above, for one category
   * @param pYes mean P(yes) over the judges
   */
  public record Category(Optional<MeanInterval> goldStrict, MeanInterval pYes) {}

  /**
   * One kept image.
   *
   * @param prompt its text
   * @param category its category, may be empty
   * @param seed the same seed and prompt before and after make a pair
   * @param file PNG, relative to the run directory, with forward slashes
   * @param pYes mean P(yes) over the judges
   * @param goldStrict whether the oracle accepts it; empty without an oracle
   */
  public record Sample(
      String prompt,
      String category,
      long seed,
      String file,
      double pYes,
      Optional<Boolean> goldStrict) {}
}
