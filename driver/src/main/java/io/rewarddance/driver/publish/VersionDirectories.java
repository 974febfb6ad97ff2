package io.rewarddance.driver.publish;

import io.rewarddance.rollout.digest.Sha256;
import io.rewarddance.rollout.durable.Durable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The version directories of the generator in a model repository. A version is complete as soon as
 * it has its name: it is made under another name, forced to disk and renamed. Files that don't
 * change between versions are hard links to the version before.
 */
public final class VersionDirectories {
  private final Path model;

  /**
   * @param model the generator's directory in the repository
   */
  public VersionDirectories(Path model) {
    this.model = model;
  }

  /** Versions that are there, rising. */
  public SortedSet<Long> versions() throws IOException {
    try (Stream<Path> children = Files.list(model)) {
      return children
          .filter(Files::isDirectory)
          .map(child -> child.getFileName().toString())
          .filter(name -> name.matches("[1-9][0-9]{0,17}"))
          .map(Long::valueOf)
          .collect(java.util.stream.Collectors.toCollection(TreeSet::new));
    }
  }

  public Path directory(long version) {
    return model.resolve(Long.toString(version));
  }

  /** Whether the version is there with exactly these weights. */
  public boolean has(long version, String digest) throws IOException {
    Path weights = directory(version).resolve(PolicyStore.WEIGHTS);
    return Files.exists(weights) && Sha256.of(weights).equals(digest);
  }

  /**
   * Checks that this is the repository that is served, and that versions can be added to it.
   *
   * @throws IOException when it isn't, or they can't
   */
  void require(long version, String digest) throws IOException {
    if (!has(version, digest)) {
      throw new IOException(
          "publish.directory: %s isn't there with weights %s (expected: the repository that the servers read)"
              .formatted(directory(version), digest));
    }
    if (!Files.isWritable(model)) {
      throw new IOException(
          "publish.directory: no permission to write to "
              + model
              + " (expected: new versions can be added)");
    }
  }

  /**
   * Makes a version of these weights; everything else is as in the newest version that is there.
   */
  public void install(long version, Path weights) throws IOException {
    Path template = directory(template(version));
    Path building = model.resolve(".publish-" + version);
    Trees.delete(building);
    Files.createDirectories(building);
    try (Stream<Path> files = Files.list(template)) {
      for (Path file : files.sorted().toList()) {
        if (!file.getFileName().toString().equals(PolicyStore.WEIGHTS)) {
          add(file, building.resolve(file.getFileName().toString()));
        }
      }
    }
    Trees.linkOrCopy(weights, building.resolve(PolicyStore.WEIGHTS));
    Durable.forceDirectory(building);
    remove(version);
    Files.move(building, directory(version));
    Durable.forceDirectory(model);
  }

  private long template(long version) throws IOException {
    return versions().stream()
        .filter(other -> other != version)
        .max(Comparator.naturalOrder())
        .orElseThrow(
            () -> new IOException(model + ": no version directory (expected: one to build on)"));
  }

  private static void add(Path file, Path target) throws IOException {
    if (Files.isDirectory(file)) {
      Trees.copy(file, target);
    } else {
      Trees.linkOrCopy(file, target);
    }
  }

  /** Takes a version away; does nothing when there is none. */
  public void remove(long version) throws IOException {
    Path directory = directory(version);
    if (Files.exists(directory)) {
      Path removed = model.resolve(".removed-" + version);
      Trees.delete(removed);
      Files.move(directory, removed);
      Durable.forceDirectory(model);
      Trees.delete(removed);
    }
  }

  /** Takes away what a killed process left half done. */
  public void clean() throws IOException {
    try (Stream<Path> children = Files.list(model)) {
      for (Path child : children.toList()) {
        if (child.getFileName().toString().matches("\\.(publish|removed)-[0-9]+")) {
          Trees.delete(child);
        }
      }
    }
  }

  /**
   * Takes the oldest versions away until {@code keep} are left, but none that is in use.
   *
   * @param inUse versions that may still be asked for
   */
  public List<Long> prune(int keep, Set<Long> inUse) throws IOException {
    SortedSet<Long> versions = versions();
    int surplus = versions.size() - keep;
    List<Long> pruned =
        versions.stream()
            .filter(version -> !inUse.contains(version))
            .limit(Math.max(0, surplus))
            .toList();
    for (long version : pruned) {
      remove(version);
    }
    return pruned;
  }
}
