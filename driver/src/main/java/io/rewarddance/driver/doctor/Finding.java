package io.rewarddance.driver.doctor;

/**
 * What one look at the machine showed.
 *
 * @param name what was looked at
 * @param state how it is
 * @param detail what was seen; may have several lines
 * @param advice what to do; empty when fine
 */
public record Finding(String name, State state, String detail, String advice) {
  /** How it is. */
  public enum State {
    OK,
    /** Neither good nor bad. */
    NOTE,
    /** It will do, but not well. */
    WEAK,
    /** A run will fail. */
    PROBLEM
  }

  static Finding ok(String name, String detail) {
    return new Finding(name, State.OK, detail, "");
  }

  static Finding note(String name, String detail) {
    return new Finding(name, State.NOTE, detail, "");
  }

  static Finding weak(String name, String detail, String advice) {
    return new Finding(name, State.WEAK, detail, advice);
  }

  static Finding problem(String name, String detail, String advice) {
    return new Finding(name, State.PROBLEM, detail, advice);
  }
}
