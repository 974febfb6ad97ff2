package io.rewarddance.driver.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations and sizes as people write them; the schema has checked their form. */
final class Units {
  private static final Pattern NUMBER_AND_UNIT = Pattern.compile("([0-9.]+)([A-Za-z]+)");
  private static final Map<String, Long> MILLIS =
      Map.of("ms", 1L, "s", 1000L, "m", 60_000L, "h", 3_600_000L);
  private static final Map<String, Long> BYTES =
      Map.of("B", 1L, "KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30);

  private Units() {}

  static Duration duration(String text) {
    return Duration.ofMillis(scaled(text, MILLIS));
  }

  static long bytes(String text) {
    return scaled(text, BYTES);
  }

  private static long scaled(String text, Map<String, Long> units) {
    Matcher matcher = NUMBER_AND_UNIT.matcher(text);
    if (!matcher.matches() || !units.containsKey(matcher.group(2))) {
      throw new IllegalArgumentException(text + " (expected: a number and one of " + units + ")");
    }
    BigDecimal unit = BigDecimal.valueOf(units.get(matcher.group(2)));
    return new BigDecimal(matcher.group(1)).multiply(unit).longValue();
  }
}
