package io.rewarddance.embedded.server.infer;

import io.rewarddance.embedded.server.RequestException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Version numbers as requests write them. */
public final class ModelVersions {
  /** What C's strtol reads: it leaves out blanks before the number and anything behind it. */
  private static final Pattern NUMBER =
      Pattern.compile("\\s*(?<number>[+-]?[0-9]+).*", Pattern.DOTALL);

  private ModelVersions() {}

  /**
   * Reads a version as Triton does: {@code 01} and {@code 1.0} are 1.
   *
   * @return empty for the empty text: any version
   * @throws RequestException INVALID_ARGUMENT for what does not begin with a number >= 0
   */
  public static Optional<Long> parse(String text) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Matcher matcher = NUMBER.matcher(text);
    if (!matcher.matches()) {
      throw noNumber(text);
    }
    long version;
    try {
      version = Long.parseLong(matcher.group("number"));
    } catch (NumberFormatException e) {
      throw noNumber(text); // too large
    }
    if (version < 0) {
      throw RequestException.invalid(
          "invalid model version specified '%s' , version should be an integral value > 0"
              .formatted(text));
    }
    return Optional.of(version);
  }

  private static RequestException noNumber(String text) {
    return RequestException.invalid(
        "failed to get model version from specified version string '%s' (details: stol), version should be an integral value > 0"
            .formatted(text));
  }
}
