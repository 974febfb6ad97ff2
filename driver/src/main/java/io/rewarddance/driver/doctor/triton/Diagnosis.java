package io.rewarddance.driver.doctor.triton;

import io.rewarddance.driver.config.TritonConfig;
import io.rewarddance.driver.triton.TritonException;
import java.util.List;

/** What a failed call to a server says of the server, the way to it, or the settings. */
final class Diagnosis {
  private static final String PORT = "Triton's gRPC port is 8001 unless --grpc-port says otherwise";

  private record Sign(String text, String meaning, String advice) {}

  private static final List<Sign> SIGNS =
      List.of(
          new Sign(
              "Connection refused",
              "nobody listens there",
              "start the server (its ports open once its models are loaded); " + PORT),
          new Sign("Unable to resolve host", "no such host", "mend the name"),
          new Sign(
              "unable to find valid certification path",
              "the server's certificate isn't trusted",
              "--ca FILE (triton.tls.ca): the certificate of who signed it, PEM"),
          new Sign(
              "No subject alternative",
              "the server's certificate is for another name",
              "use a name that it is for, or give the server another certificate"),
          new Sign(
              "No name matching",
              "the server's certificate is for another name",
              "use a name that it is for, or give the server another certificate"),
          new Sign(
              "protocol is restricted",
              "the server wants a header for this call that the driver doesn't send",
              "start it without --grpc-restricted-protocol; restrict the port, or use mutual TLS"));

  private final TritonConfig config;

  Diagnosis(TritonConfig config) {
    this.config = config;
  }

  Trouble of(TritonException failure) {
    String said = said(failure);
    for (Sign sign : SIGNS) {
      if (said.contains(sign.text())) {
        return new Trouble(sign.meaning() + ": " + said, sign.advice());
      }
    }
    return switch (failure.kind()) {
      case UNREACHABLE -> unreachable(failure.endpoint(), said);
      case REFUSED -> refused(said);
      case DEADLINE ->
          new Trouble(
              "no answer in " + config.deadline().toSeconds() + " s: " + said,
              "a firewall may swallow what is sent there, or the server hangs; see its log");
      case UNSUPPORTED ->
          new Trouble(
              "speaks gRPC or HTTP/2, but isn't a Triton: " + said,
              "another service, or a proxy that doesn't pass gRPC on; " + PORT);
      default -> new Trouble(said, "see the server's log");
    };
  }

  private Trouble unreachable(String endpoint, String said) {
    return switch (Listener.at(endpoint)) {
      case TRITON_HTTP -> new Trouble("this is Triton's HTTP port: " + said, "use gRPC; " + PORT);
      case HTTP ->
          new Trouble("an HTTP server, not gRPC (metrics, a proxy?): " + said, "use gRPC; " + PORT);
      case TLS ->
          config.tls().enabled()
              ? new Trouble("the server speaks TLS and then hangs up: " + said, ownCertificate())
              : new Trouble(
                  "the server speaks TLS and was asked in plain text: " + said,
                  "--tls, and --ca FILE where its certificate is of an authority of your own"
                      + " (triton.tls)");
      case OTHER ->
          config.tls().enabled()
              ? new Trouble(
                  "the server doesn't speak TLS: " + said,
                  "leave out --tls (triton.tls.enabled: false), or start Triton with"
                      + " --grpc-use-ssl=true")
              : new Trouble("something listens there that doesn't speak gRPC: " + said, PORT);
      case NOBODY -> new Trouble(said, "start the server; " + PORT);
    };
  }

  private String ownCertificate() {
    return config.tls().certificate().isPresent()
        ? "it may not trust the certificate of --certificate (triton.tls.certificate)"
        : "it probably wants a certificate: --certificate FILE --key FILE (triton.tls)";
  }

  private Trouble refused(String said) {
    if (said.contains("token_file")) {
      return new Trouble(said, "mend --token-file (triton.token_file)");
    }
    return config
        .tokenFile()
        .map(
            file ->
                new Trouble(
                    "the token in " + file + " wasn't accepted: " + said,
                    "put a valid one there; it is read anew for each call"))
        .orElseGet(
            () ->
                new Trouble(
                    "who asks must say who it is: " + said,
                    "--token-file FILE (triton.token_file): a bearer token"));
  }

  /** Without the kind and the endpoint, which are shown beside it. */
  private static String said(TritonException failure) {
    String prefix = failure.kind() + " at " + failure.endpoint() + ": ";
    return failure.getMessage().substring(prefix.length());
  }
}
