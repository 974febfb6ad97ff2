package io.rewarddance.driver.config;

import io.rewarddance.proto.training.UpdateSettings;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Records that several kinds of files have in common. */
final class Parts {
  private static final String EMBEDDED = "embedded";

  private Parts() {}

  /**
   * @param generator what draws where the part doesn't say
   */
  static TritonConfig triton(Settings part, String generator) {
    List<String> endpoints = part.texts("endpoints");
    return new TritonConfig(
        endpoints.equals(List.of(EMBEDDED)) ? List.of() : endpoints,
        part.optionalPath("repository"),
        part.optionalText("generator").orElse(generator),
        part.optionalText("oracle"),
        part.duration("deadline"),
        part.duration("load_deadline"),
        part.bytes("max_in_flight"),
        part.integer("requests_in_flight"),
        part.integer("retries"),
        tls(part.part("tls")),
        part.optionalPath("token_file"));
  }

  private static TritonConfig.Tls tls(Settings part) {
    return new TritonConfig.Tls(
        part.flag("enabled"),
        part.optionalPath("ca"),
        part.optionalPath("certificate"),
        part.optionalPath("key"));
  }

  static TlsFiles tlsFiles(Settings part) {
    return new TlsFiles(
        part.optionalPath("ca"), part.optionalPath("certificate"), part.optionalPath("key"));
  }

  /** Address of a training backend; empty where it is embedded. */
  static Optional<URI> backend(String endpoint) {
    return endpoint.equals(EMBEDDED) ? Optional.empty() : Optional.of(URI.create(endpoint));
  }

  static UpdateSettings.Optimizer optimizer(Settings part) {
    return new UpdateSettings.Optimizer(
        part.text("kind"),
        part.number("learning_rate"),
        part.number("muon_learning_rate"),
        part.number("beta1"),
        part.number("beta2"),
        part.number("epsilon"),
        part.number("weight_decay"),
        part.number("muon_momentum"),
        part.number("gradient_clip"));
  }

  static TrainingConfig.Rate schedule(Settings part) {
    return new TrainingConfig.Rate(
        part.text("kind"), part.integer("warmup"), part.number("hold"), part.number("last"));
  }
}
