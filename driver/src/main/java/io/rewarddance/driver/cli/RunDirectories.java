package io.rewarddance.driver.cli;

import io.rewarddance.driver.config.ProjectRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Finds the directory that somebody means by a run. */
final class RunDirectories {
  private RunDirectories() {}

  /**
   * A directory, or the name of one in {@code runs/} of the project around the working directory.
   */
  static Path find(String run) throws Complaint {
    Path runs = ProjectRoot.of(Path.of("")).resolve("runs");
    for (Path candidate : candidates(run, runs)) {
      if (Files.isRegularFile(candidate.resolve("config.yaml"))) {
        return candidate;
      }
    }
    throw Complaint.usage(
        run + ": no such run (expected: a run directory, or one of " + names(runs) + ")");
  }

  private static List<Path> candidates(String run, Path runs) throws Complaint {
    try {
      return List.of(Path.of(run).toAbsolutePath().normalize(), runs.resolve(run).normalize());
    } catch (InvalidPathException e) {
      throw Complaint.usage("'" + run + "': not a path: " + e.getReason());
    }
  }

  private static List<String> names(Path runs) {
    try (Stream<Path> entries = Files.list(runs)) {
      return entries
          .filter(entry -> Files.isRegularFile(entry.resolve("config.yaml")))
          .map(entry -> entry.getFileName().toString())
          .sorted()
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }
}
