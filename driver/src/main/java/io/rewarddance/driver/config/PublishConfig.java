package io.rewarddance.driver.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How a new policy reaches the generator.
 *
 * @param method how
 * @param directory the model repository that the endpoints read, as this machine sees it; empty
 *     with the embedded server, which reads a copy inside the run directory
 * @param keep version directories kept, at least 2: the live one and the one before
 * @param canary prove each publication by what a fixed request draws; without it the version and
 *     digest that the generator claims are believed
 */
public record PublishConfig(Method method, Optional<Path> directory, int keep, boolean canary) {
  public PublishConfig {
    Check.atLeast("publish.keep", keep, 2);
  }

  /** How a new policy reaches the generator. */
  public enum Method {
    /** A new version directory, then a model load on every endpoint. */
    LOAD,
    /** Not at all: somebody else does it, or the policy isn't sampled from again. */
    NONE
  }
}
