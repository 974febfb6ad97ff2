package io.rewarddance.rollout.preference;

/** Which image of a pair was preferred. */
public enum Choice {
  FIRST,
  SECOND;

  /** 0 for the first, 1 for the second, as in the file. */
  public int code() {
    return ordinal();
  }
}
