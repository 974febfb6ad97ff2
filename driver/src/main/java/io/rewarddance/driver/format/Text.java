package io.rewarddance.driver.format;

import io.rewarddance.metrics.stat.MeanInterval;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** Numbers as people read them. */
public final class Text {
  private Text() {}

  /** {@code 1:05} or {@code 1:02:03}. */
  public static String clock(Duration time) {
    long seconds = Math.max(0, Math.round(time.toMillis() / 1000.0));
    return seconds < 3600
        ? format("%d:%02d", seconds / 60, seconds % 60)
        : format("%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
  }

  /** {@link #clock(Duration)} of seconds. */
  public static String clock(double seconds) {
    return clock(Duration.ofMillis(Math.round(seconds * 1000)));
  }

  /** Three digits after the point where that says something, else powers of ten. */
  public static String number(double value) {
    double size = Math.abs(value);
    if (value == 0 || !Double.isFinite(value)) {
      return value == 0 ? "0" : String.valueOf(value);
    }
    if (size < 0.001 || size >= 100_000) {
      return format("%.1e", value);
    }
    return size < 10 ? format("%.3f", value) : format("%.1f", value);
  }

  /** The number, or a dash. */
  public static String number(Optional<Double> value) {
    return value.map(Text::number).orElse("-");
  }

  /** The number, or a dash. */
  public static String number(OptionalDouble value) {
    return value.isPresent() ? number(value.getAsDouble()) : "-";
  }

  /** {@code 12.5 %} of 0.125. */
  public static String percent(double share) {
    return format("%.1f %%", 100 * share);
  }

  /** {@code 0.503 [0.462, 0.543]}. */
  public static String interval(MeanInterval interval) {
    return format("%.3f [%.3f, %.3f]", interval.mean(), interval.low(), interval.high());
  }

  /** With its sign, three digits. */
  public static String signed(double value) {
    return format("%+.3f", value);
  }

  /** The first characters of a digest, enough to tell two apart. */
  public static String digest(String digest) {
    return digest.length() > 12 ? digest.substring(0, 12) : digest;
  }

  /** {@code 1 image}, {@code 2 images}. */
  public static String plural(long count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }

  /** {@link String#format} without a country. */
  public static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
