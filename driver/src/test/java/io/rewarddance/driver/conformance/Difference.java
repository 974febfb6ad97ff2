package io.rewarddance.driver.conformance;

/**
 * Where an answer isn't the reference's.
 *
 * @param step name
 * @param where status, message, number of answers, field or tensor
 * @param ours as text
 * @param theirs as text
 */
record Difference(String step, String where, String ours, String theirs) {
  private static final int LONG = 400;

  static Difference of(Step step, String where, Object ours, Object theirs) {
    return new Difference(step.name(), where, text(ours), text(theirs));
  }

  private static String text(Object value) {
    String text = String.valueOf(value);
    return text.length() <= LONG ? text : text.substring(0, LONG) + "...";
  }

  @Override
  public String toString() {
    return "%n%s%n  %s%n    ours:      %s%n    reference: %s".formatted(step, where, ours, theirs);
  }
}
