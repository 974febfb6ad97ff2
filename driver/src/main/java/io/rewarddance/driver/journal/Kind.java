package io.rewarddance.driver.journal;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a line of the journal tells. */
public enum Kind {
  /** The run began: what it is going to do, and with which models. */
  START(true),
  /** References were chosen. */
  PREPARED(true),
  /** An evaluation was made. */
  EVALUATED(true),
  /** An iteration's rollouts are on disk under this digest: from here on it trains on them only. */
  STORED(true),
  /** An iteration is done: updated, published, reported. */
  ITERATION(true),
  /** A preference file is on disk under this digest. */
  COLLECTED(true),
  /** A judge was updated and measured. */
  UPDATED(true),
  /** The run has come to its end. */
  END(true),
  /** Something on the way: a resume, a pause, a failure. Not part of the digests. */
  NOTE(false);

  private final boolean chained;

  Kind(boolean chained) {
    this.chained = chained;
  }

  /** Whether the line's content is part of the digest chain. */
  public boolean isChained() {
    return chained;
  }

  String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Kind> of(String wireName) {
    return Arrays.stream(values()).filter(kind -> kind.wireName().equals(wireName)).findFirst();
  }
}
