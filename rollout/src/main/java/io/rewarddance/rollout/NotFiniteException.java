package io.rewarddance.rollout;

/** A NaN or an infinity where only a finite number makes sense. */
public final class NotFiniteException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  NotFiniteException(String name, double value) {
    super(name + ": " + value + " (expected: a finite number)");
  }
}
