package io.rewarddance.driver.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Certificates for TLS.
 *
 * @param ca certificates to trust, PEM; none = the JDK's
 * @param certificate own certificate for mutual TLS, PEM; comes with {@code key}
 * @param key private key of {@code certificate}, PEM (PKCS#8)
 */
public record TlsFiles(Optional<Path> ca, Optional<Path> certificate, Optional<Path> key) {
  /** The JDK's certificates, and none of our own. */
  public static final TlsFiles NONE =
      new TlsFiles(Optional.empty(), Optional.empty(), Optional.empty());
}
