package io.rewarddance.embedded.server.lifecycle;

import java.util.Optional;

/**
 * One row of the repository index.
 *
 * @param state what the index says
 * @param reason why it is not READY; empty when there is nothing to say
 * @param loaded the version itself, exactly when READY
 */
record VersionEntry(VersionState state, String reason, Optional<LoadedVersion> loaded) {
  static VersionEntry ready(LoadedVersion version) {
    return new VersionEntry(VersionState.READY, "", Optional.of(version));
  }

  static VersionEntry of(VersionState state, String reason) {
    return new VersionEntry(state, reason, Optional.empty());
  }
}
