package io.rewarddance.rollout.preference;

import java.util.Set;
import java.util.TreeSet;

/** Names and version of the preference file's format; see {@code docs/preference-file.md}. */
public final class PreferenceFormat {
  /** Value of the root attribute {@code format}. */
  public static final String NAME = "rewarddance-preferences";

  /** Value of the root attribute {@code format_version}; a reader takes this version only. */
  public static final int VERSION = 1;

  static final String FORMAT = "format";
  static final String FORMAT_VERSION = "format_version";
  static final String IMAGES = "images";
  static final String PROMPT = "prompt";
  static final String FIRST = "first";
  static final String SECOND = "second";
  static final String PREFERRED = "preferred";
  static final String ANNOTATOR = "annotator";
  static final String REASON = "reason";
  static final String REFERENCE = "reference";
  static final String DOMAIN = "domain";

  /** Names that a note can't have. */
  static final Set<String> RESERVED = new TreeSet<>(Set.of(FORMAT, FORMAT_VERSION));

  private PreferenceFormat() {}

  static boolean isReserved(String note) {
    return RESERVED.contains(note);
  }
}
