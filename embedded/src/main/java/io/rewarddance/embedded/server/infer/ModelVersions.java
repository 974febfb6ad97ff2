package io.rewarddance.embedded.server.infer;

import io.rewarddance.embedded.server.RequestException;
import java.util.Optional;

/** Version numbers as requests write them. */
public final class ModelVersions {
  private ModelVersions() {}

  /**
   * @return empty for the empty text: any version
   * @throws RequestException INVALID_ARGUMENT for what is not a number >= 0
   */
  public static Optional<Long> parse(String text) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    long version;
    try {
      version = Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw RequestException.invalid(
          "failed to get model version from specified version string '%s' (details: stol), version should be an integral value > 0"
              .formatted(text));
    }
    if (version < 0) {
      throw RequestException.invalid(
          "invalid model version specified '%s' , version should be an integral value > 0"
              .formatted(text));
    }
    return Optional.of(version);
  }
}
