package io.rewarddance.driver.model;

/**
 * One way in which a served model isn't what a contract asks for.
 *
 * @param kind what is wrong
 * @param subject the tensor, as in {@code input 'image'}, or the setting
 * @param found what the model has; empty when it has nothing of that name
 * @param expected what the contract asks for
 */
public record Difference(Kind kind, String subject, String found, String expected) {
  /** What is wrong. */
  public enum Kind {
    /** A tensor that is always sent or asked for isn't there. */
    MISSING,
    /** The elements have another type. */
    TYPE,
    /** The dimensions are others. */
    SHAPE,
    /** The model needs an input that isn't sent. */
    NOT_SENT,
    /** Not a tensor, but how the model is served. */
    SETTING
  }

  /** What the model does wrong, to follow its name. */
  public String text() {
    String what =
        switch (kind) {
          case MISSING -> "has no " + subject;
          case NOT_SENT -> "needs " + subject + " " + found + ", which isn't sent";
          case TYPE, SHAPE, SETTING -> "has " + subject + " " + found;
        };
    return what + " (expected: " + expected + ")";
  }
}
