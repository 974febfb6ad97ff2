package io.rewarddance.rollout;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Checks of constructor arguments; every text is "name: value (expected: ...)". */
final class Check {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

  private Check() {}

  static void that(boolean condition, String name, Object value, String expected) {
    if (!condition) {
      throw new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
    }
  }

  static <T> T present(T value, String name) {
    that(value != null, name, null, "a value");
    return value;
  }

  static void notNegative(long value, String name) {
    that(value >= 0, name, value, ">= 0");
  }

  static void finite(double value, String name) {
    if (!Double.isFinite(value)) {
      throw new NotFiniteException(name, value);
    }
  }

  static void finite(float[] values, String name) {
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw new NotFiniteException(name + "[" + i + "]", values[i]);
      }
    }
  }

  /** A name that is safe as a file name, a URL segment and an HDF5 link. */
  static String name(String value, String name) {
    that(
        value != null && NAME.matcher(value).matches(),
        name,
        value,
        "1 to 100 letters, digits, '.', '_' or '-', the first a letter or digit");
    return value;
  }

  static String digest(String value, String name) {
    that(
        value != null && DIGEST.matcher(value).matches(),
        name,
        value,
        "64 lower-case hexadecimal digits (sha-256)");
    return value;
  }

  /** Text that survives UTF-8 and NUL-padded storage. */
  static String text(String value, String name) {
    present(value, name);
    that(value.indexOf('\0') < 0, name, value.replace("\0", "\\0"), "text without NUL");
    that(
        StandardCharsets.UTF_8.newEncoder().canEncode(value),
        name,
        value,
        "text without unpaired surrogates");
    return value;
  }
}
