package io.rewarddance.metrics.hacking;

import java.util.Locale;

/** Numbers in messages, the same in every locale. */
final class Text {
  private Text() {}

  static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }

  /** "P(yes) rose from 0.412 to 0.655". */
  static String moved(String label, double before, double after) {
    String verb = after >= before ? "rose" : "fell";
    return format("%s %s from %.4g to %.4g", label, verb, before, after);
  }
}
