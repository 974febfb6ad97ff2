package io.rewarddance.driver.adhoc;

import io.rewarddance.driver.config.TritonConfig;
import io.rewarddance.driver.local.LocalLauncher;
import io.rewarddance.driver.local.Workspace;
import io.rewarddance.driver.model.ModelMismatchException;
import io.rewarddance.driver.publish.Trees;
import io.rewarddance.proto.local.LocalServices;
import io.rewarddance.proto.local.LocalStackSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The embedded server with copies of some models, so that nobody else's changes are seen. */
final class EmbeddedModels implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedModels.class);

  private final Optional<Path> directory;
  private final LocalServices services;

  /**
   * @param directory to be deleted at the end
   */
  private EmbeddedModels(Optional<Path> directory, LocalServices services) {
    this.directory = directory;
    this.services = services;
  }

  static EmbeddedModels start(TritonConfig triton, Set<String> models, int threads)
      throws IOException {
    Path source =
        triton
            .repository()
            .orElseThrow(
                () -> new IOException("repository: absent (expected where no endpoint is given)"));
    requireModels(source, models);
    Path directory = Files.createTempDirectory("rewarddance-");
    try {
      Path copy = directory.resolve("repository");
      Workspace.copyModels(source, copy, models);
      return new EmbeddedModels(Optional.of(directory), serve(copy, threads));
    } catch (IOException | RuntimeException e) {
      Trees.delete(directory);
      throw e;
    }
  }

  /** Serves a repository as it lies there: its files must stay what they are. */
  static EmbeddedModels inPlace(Path repository, int threads) throws IOException {
    return new EmbeddedModels(Optional.empty(), serve(repository, threads));
  }

  private static LocalServices serve(Path repository, int threads) throws IOException {
    return LocalLauncher.start(
        new LocalStackSettings(
            Optional.of(new LocalStackSettings.Inference(repository, 0)),
            Optional.empty(),
            threads));
  }

  private static void requireModels(Path source, Set<String> models) throws IOException {
    if (!Files.isDirectory(source)) {
      throw new IOException(source + ": no such directory (expected: a model repository)");
    }
    for (String model : models) {
      if (!Files.isRegularFile(source.resolve(model).resolve("config.pbtxt"))) {
        throw new ModelMismatchException(
            "%s has no model '%s' (expected: one of %s)".formatted(source, model, models(source)));
      }
    }
  }

  private static List<String> models(Path source) throws IOException {
    try (Stream<Path> entries = Files.list(source)) {
      return entries
          .filter(entry -> Files.isRegularFile(entry.resolve("config.pbtxt")))
          .map(entry -> entry.getFileName().toString())
          .sorted()
          .toList();
    }
  }

  String endpoint() {
    return services.inferenceEndpoint().orElseThrow();
  }

  @Override
  public void close() {
    services.close();
    if (directory.isEmpty()) {
      return;
    }
    try {
      Trees.delete(directory.get());
    } catch (IOException e) {
      LOG.warn("{} is left behind", directory.get(), e);
    }
  }
}
