package io.rewarddance.embedded.server.repository;

import io.rewarddance.proto.triton.ModelConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The repository's directory: one sub-directory per model. Nothing is cached. */
public final class ModelRepository implements AutoCloseable {
  private final Path root;
  private final Path overrides;

  /**
   * @throws IOException when {@code root} is no directory that can be read
   */
  public ModelRepository(Path root) throws IOException {
    if (!Files.isDirectory(root)) {
      throw Files.exists(root)
          ? new NotDirectoryException(root.toString())
          : new NoSuchFileException(root + ": the model repository does not exist");
    }
    this.root = root;
    this.overrides = Files.createTempDirectory("model-overrides");
  }

  /** Names of the sub-directories, hidden ones left out. */
  public SortedSet<String> names() throws IOException {
    try (Stream<Path> entries = Files.list(root)) {
      return entries
          .filter(Files::isDirectory)
          .map(entry -> entry.getFileName().toString())
          .filter(name -> !name.startsWith("."))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  /** Whether the model has a directory here. */
  public boolean contains(String name) {
    return Files.isDirectory(root.resolve(name));
  }

  /**
   * Reads a model's configuration and times.
   *
   * @throws IOException saying what is wrong with its files, its configuration or the overrides
   */
  public ModelSource poll(String name, LoadOverrides override) throws IOException {
    if (!override.files().isEmpty() && override.configJson().isEmpty()) {
      throw new IOException("Load parameter 'config' must be specified for model file override");
    }
    Path directory =
        override.files().isEmpty()
            ? root.resolve(name)
            : OverrideDirectory.create(overrides, name, override.files());
    ModelTimestamps timestamps = ModelTimestamps.of(directory);
    ModelConfig config = ConfigDefaults.fill(named(name, config(directory, override)));
    Optional<String> problem = ConfigCheck.problem(config);
    if (problem.isPresent()) {
      throw new IOException(problem.get());
    }
    return new ModelSource(name, directory, config, timestamps, override.isPresent());
  }

  private static ModelConfig config(Path directory, LoadOverrides override) throws IOException {
    if (override.configJson().isEmpty()) {
      return ConfigReader.read(directory);
    }
    try {
      return ConfigReader.fromJson(override.configJson().get());
    } catch (IOException e) {
      throw new IOException("Invalid config override: " + e.getMessage(), e);
    }
  }

  private static ModelConfig named(String name, ModelConfig config) throws IOException {
    if (config.getName().isEmpty()) {
      return config.toBuilder().setName(name).build();
    }
    if (!config.getName().equals(name)) {
      throw new IOException(
          "unexpected directory name '%s' for model '%s', directory name must equal model name"
              .formatted(name, config.getName()));
    }
    return config;
  }

  /** Removes the files that came with load requests. */
  @Override
  public void close() throws IOException {
    OverrideDirectory.delete(overrides);
  }
}
