package io.rewarddance.rollout.preference;

import java.util.Objects;
import java.util.OptionalInt;

/**
 * One annotator's answer about one pair. The same pair may be there several times, with answers
 * that disagree.
 *
 * @param prompt what both images were made from
 * @param first row of an image in the pool
 * @param second row of the other image
 * @param preferred the better one
 * @param annotator who said so
 * @param reason why, in words; empty = none given
 * @param reference row of an image that the annotator saw beside the two, {@link #NO_REFERENCE} for
 *     none
 * @param domain what the pair is reported under, such as a category or a source; may be empty
 */
public record Preference(
    String prompt,
    int first,
    int second,
    Choice preferred,
    String annotator,
    String reason,
    int reference,
    String domain) {
  /** The reference of a pair that was judged without one. */
  public static final int NO_REFERENCE = -1;

  public Preference {
    Objects.requireNonNull(prompt, "prompt");
    Objects.requireNonNull(preferred, "preferred");
    Objects.requireNonNull(annotator, "annotator");
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(domain, "domain");
  }

  /** A preference without a reason, a reference or a domain. */
  public static Preference of(
      String prompt, int first, int second, Choice preferred, String annotator) {
    return new Preference(prompt, first, second, preferred, annotator, "", NO_REFERENCE, "");
  }

  /** Row of the image that was preferred. */
  public int better() {
    return preferred == Choice.FIRST ? first : second;
  }

  /** Row of the image that wasn't. */
  public int worse() {
    return preferred == Choice.FIRST ? second : first;
  }

  /** Row of the image that was seen beside the two. */
  public OptionalInt seenBeside() {
    return reference == NO_REFERENCE ? OptionalInt.empty() : OptionalInt.of(reference);
  }
}
