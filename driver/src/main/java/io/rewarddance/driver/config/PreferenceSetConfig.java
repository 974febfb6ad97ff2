package io.rewarddance.driver.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One preference file to be made.
 *
 * @param name of the set and, with {@code .h5}, of its file
 * @param prompts prompt file
 * @param categories to use of it; empty = all
 * @param groups images that share a prompt, so many times
 * @param groupSize images of each
 * @param sources names; they take turns from group to group
 * @param pairs of each group; all of them without it
 * @param mismatched share of pairs whose second image was drawn for another prompt
 * @param ties pairs whose true scores differ by less are left out
 * @param annotators names
 * @param answers annotators that answer each pair
 * @param domain what pairs are reported under
 * @param corruption of the images after they were judged
 * @param reasons whether answers have one
 * @param reference a third image that annotators see
 */
public record PreferenceSetConfig(
    String name,
    Path prompts,
    List<String> categories,
    int groups,
    int groupSize,
    List<String> sources,
    OptionalInt pairs,
    double mismatched,
    double ties,
    List<String> annotators,
    int answers,
    Domain domain,
    Corruption corruption,
    boolean reasons,
    Optional<Reference> reference) {
  public PreferenceSetConfig {
    categories = List.copyOf(categories);
    sources = List.copyOf(sources);
    annotators = List.copyOf(annotators);
    Check.atLeast("sets[].groups", groups, 1);
    Check.atLeast("sets[].group_size", groupSize, 2);
    Check.within("sets[].mismatched", mismatched, 0, 1);
    Check.notNegative("sets[].ties", ties);
    Check.atLeast("sets[].answers", answers, 1);
    Check.atLeast("sets[].annotators", annotators.size(), answers);
  }

  /** Pairs of each group, before any is left out. */
  public int pairsOfGroup() {
    int all = groupSize * (groupSize - 1) / 2;
    return Math.min(all, pairs.orElse(all));
  }

  /** What pairs are reported under. */
  public enum Domain {
    CATEGORY,
    SOURCE,
    BOTH,
    SET
  }

  /**
   * @param pixelNoise standard deviation, as a share of full scale
   * @param blur standard deviation of a Gaussian, in pixels
   */
  public record Corruption(double pixelNoise, double blur) {
    public Corruption {
      Check.notNegative("sets[].corruption.pixel_noise", pixelNoise);
      Check.notNegative("sets[].corruption.blur", blur);
    }

    public boolean isNone() {
      return pixelNoise == 0 && blur == 0;
    }
  }

  /**
   * True score = alignment * graded + style * likeness.
   *
   * @param source who draws it; the group's own without it
   * @param candidates drawn for each group, of which the best graded is taken
   * @param shown whether the file says which image it was
   */
  public record Reference(
      Optional<String> source, int candidates, double alignment, double style, boolean shown) {
    public Reference {
      Check.atLeast("sets[].reference.candidates", candidates, 1);
      Check.notNegative("sets[].reference.alignment", alignment);
      Check.notNegative("sets[].reference.style", style);
    }
  }
}
