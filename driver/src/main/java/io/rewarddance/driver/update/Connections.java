package io.rewarddance.driver.update;

import io.rewarddance.driver.config.BackendConfig;
import io.rewarddance.driver.config.Loopback;
import io.rewarddance.driver.config.TlsFiles;
import io.vertx.core.Vertx;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;

/** How the training backend is reached: certificates, and a token that nobody else may read. */
final class Connections {
  private Connections() {}

  static WebClient open(Vertx vertx, URI endpoint, BackendConfig config) {
    boolean encrypted = "https".equals(endpoint.getScheme());
    if (!encrypted
        && config.tokenFile().isPresent()
        && !Loopback.is(String.valueOf(endpoint.getHost()))) {
      throw new IllegalArgumentException(
          "training.endpoint: "
              + endpoint
              + " (expected: https, as training.token_file would be readable on the way)");
    }
    WebClientOptions options = new WebClientOptions().setKeepAlive(true).setSsl(encrypted);
    if (encrypted) {
      trust(options, config.tls());
    }
    return WebClient.create(vertx, options);
  }

  private static void trust(WebClientOptions options, TlsFiles tls) {
    tls.ca()
        .ifPresent(ca -> options.setTrustOptions(new PemTrustOptions().addCertPath(checked(ca))));
    tls.certificate()
        .ifPresent(
            certificate ->
                options.setKeyCertOptions(
                    new PemKeyCertOptions()
                        .addCertPath(checked(certificate))
                        .addKeyPath(tls.key().orElseThrow().toString())));
  }

  /** Vert.x would read it with the first call, and wouldn't say which file is wrong. */
  private static String checked(Path certificates) {
    try (InputStream pem = Files.newInputStream(certificates)) {
      if (!CertificateFactory.getInstance("X.509").generateCertificates(pem).isEmpty()) {
        return certificates.toString();
      }
    } catch (IOException | CertificateException e) {
      throw unusable(certificates, e);
    }
    throw unusable(certificates, null);
  }

  private static IllegalArgumentException unusable(Path certificates, Exception cause) {
    String why = cause == null ? "no certificate in it" : cause.getMessage();
    return new IllegalArgumentException(
        "training.tls: " + certificates + " can't be used: " + why + " (expected: PEM)", cause);
  }

  /** Read anew with every call: a token that is renewed on disk needs no restart. */
  static String token(Path file) {
    String token;
    try {
      token = Files.readString(file).strip();
    } catch (IOException e) {
      throw new UncheckedIOException("training.token_file: " + file + " can't be read", e);
    }
    if (token.isEmpty()) {
      IOException empty = new IOException("nothing but white space");
      throw new UncheckedIOException("training.token_file: " + file + " is empty", empty);
    }
    return token;
  }
}
