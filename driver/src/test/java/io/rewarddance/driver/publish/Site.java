package io.rewarddance.driver.publish;

import io.rewarddance.driver.config.PublishConfig;
import io.rewarddance.driver.config.TritonConfig;
import io.rewarddance.driver.generate.Draw;
import io.rewarddance.driver.generate.Generator;
import io.rewarddance.driver.publish.Canary.Song;
import io.rewarddance.driver.testing.ToyGenerator;
import io.rewarddance.driver.triton.TritonClient;
import io.rewarddance.rollout.PolicyRef;
import io.rewarddance.rollout.Prompt;
import io.rewarddance.rollout.digest.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Two endpoints on one disk, and a run that publishes to them. Version n's weights are the text
 * {@code weights n}; version 1 is live.
 */
final class Site implements AutoCloseable {
  final Path model;
  final VersionDirectories directories;
  final PolicyStore policies;
  final RepositoryTriton first;
  final RepositoryTriton second;
  final TritonClient client;

  /** Versions that were downloaded, in order. */
  final List<Long> downloads = new ArrayList<>();

  /** What a download brings, when that isn't what was asked for. */
  String spoilt;

  Site(Path root) throws IOException {
    model = Files.createDirectories(root.resolve("repository/generator"));
    directories = new VersionDirectories(model);
    policies = new PolicyStore(root.resolve("policies"));
    Path version = Files.createDirectories(model.resolve("1/deep/er"));
    Files.writeString(model.resolve("config.pbtxt"), "name: \"generator\"");
    Files.writeString(model.resolve("1/graph.onnx"), "graph");
    Files.writeString(version.resolve("tokens.txt"), "tokens");
    Files.writeString(model.resolve("1").resolve(PolicyStore.WEIGHTS), "weights 1");
    first = new RepositoryTriton(model);
    second = new RepositoryTriton(model);
    List<String> endpoints = List.of(first.endpoint(), second.endpoint());
    client = TritonClient.connect(endpoints, config(endpoints), () -> 0.5);
  }

  private static TritonConfig config(List<String> endpoints) {
    return new TritonConfig(
        endpoints,
        Optional.empty(),
        "generator",
        Optional.empty(),
        Duration.ofSeconds(20),
        Duration.ofSeconds(20),
        1 << 20,
        4,
        0,
        new TritonConfig.Tls(false, Optional.empty(), Optional.empty(), Optional.empty()),
        Optional.empty());
  }

  static PolicyRef policy(long version) throws IOException {
    return policy(version, "weights " + version);
  }

  static PolicyRef policy(long version, String weights) throws IOException {
    Path file = Files.createTempFile("weights", null);
    try {
      return new PolicyRef(version, Sha256.of(Files.writeString(file, weights)));
    } finally {
      Files.delete(file);
    }
  }

  Fleet fleet(boolean pins, boolean hears, Duration loadDeadline) {
    Generator generator = new Generator(ToyGenerator.MODEL, client::infer);
    Draw draw = new Draw(new Prompt(0, "a canary", ""), 7);
    return new Fleet(client, "generator", loadDeadline, new Canary(generator, draw, pins, hears));
  }

  Fleet fleet() {
    return fleet(true, true, Duration.ofSeconds(20));
  }

  Publisher publisher() {
    return publisher(true);
  }

  Publisher publisher(boolean canary) {
    PublishConfig config =
        new PublishConfig(PublishConfig.Method.LOAD, Optional.of(model.getParent()), 2, canary);
    Fleet fleet = fleet(true, canary, Duration.ofSeconds(20));
    return new Publisher(config, fleet, policies, Optional.of(directories), this::download);
  }

  /** Of a run that leaves it to somebody else. */
  Publisher watcher(Duration patience) {
    PublishConfig config = new PublishConfig(PublishConfig.Method.NONE, Optional.empty(), 2, true);
    Fleet fleet = fleet(false, true, patience);
    return new Publisher(config, fleet, policies, Optional.empty(), this::download);
  }

  void download(PolicyRef policy, Path target) {
    downloads.add(policy.version());
    try {
      Files.writeString(target, spoilt == null ? "weights " + policy.version() : spoilt);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Song song() {
    return fleet().live();
  }

  /** Publishes versions up to this one and says what the canary gives. */
  Song publishUpTo(long version) throws IOException {
    Song song = song();
    for (long next = song.policy().version() + 1; next <= version; next++) {
      song = publisher().publish(policy(next), song.policy(), song);
    }
    return song;
  }

  /** All of the model's directory but the configuration. */
  TreeSet<String> entries() throws IOException {
    try (Stream<Path> entries = Files.list(model)) {
      TreeSet<String> names = new TreeSet<>();
      entries.forEach(entry -> names.add(entry.getFileName().toString()));
      names.remove("config.pbtxt");
      return names;
    }
  }

  @Override
  public void close() {
    client.close();
    first.close();
    second.close();
  }
}
