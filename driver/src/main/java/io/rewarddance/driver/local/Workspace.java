package io.rewarddance.driver.local;

import io.rewarddance.driver.publish.Trees;
import io.rewarddance.driver.publish.VersionDirectories;
import io.rewarddance.rollout.durable.Durable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/**
 * A run's own copy of the models that it uses. Publishing adds version directories there, so the
 * repository that the models come from never changes, and changing it never changes a run. Each
 * directory appears whole or not at all, so a killed run finds it complete or makes it again.
 */
public final class Workspace {
  private static final String CONFIGURATION = "config.pbtxt";

  private Workspace() {}

  /**
   * Copies models unless that has been done.
   *
   * @param source model repository
   * @param target the copy
   * @param models names of the models that take part
   */
  public static void copyModels(Path source, Path target, Set<String> models) throws IOException {
    if (Files.exists(target)) {
      return;
    }
    Path building = building(target);
    for (String model : models) {
      Path directory = source.resolve(model);
      if (!Files.isDirectory(directory)) {
        throw new IOException(directory + ": no such model (expected: a directory)");
      }
      Trees.copy(directory, building.resolve(model));
    }
    Durable.move(building, target);
  }

  /**
   * Copies the generator's configuration and newest version, which training starts from, unless
   * that has been done. The copy outlives the pruning of version directories.
   *
   * @return the version directory of the copy
   */
  public static Path copyInitialPolicy(Path generator, Path target) throws IOException {
    if (!Files.exists(target)) {
      VersionDirectories versions = new VersionDirectories(generator);
      if (versions.versions().isEmpty()) {
        throw new IOException(generator + ": no version directory (expected: at least one)");
      }
      Path newest = versions.directory(versions.versions().last());
      Path building = building(target);
      Trees.copy(newest, building.resolve(newest.getFileName().toString()));
      Files.copy(generator.resolve(CONFIGURATION), building.resolve(CONFIGURATION));
      Durable.forceFile(building.resolve(CONFIGURATION));
      Durable.move(building, target);
    }
    VersionDirectories copied = new VersionDirectories(target);
    return copied.directory(copied.versions().last());
  }

  private static Path building(Path target) throws IOException {
    Path building = target.resolveSibling("." + target.getFileName() + ".tmp");
    Trees.delete(building);
    Files.createDirectories(building);
    return building;
  }
}
