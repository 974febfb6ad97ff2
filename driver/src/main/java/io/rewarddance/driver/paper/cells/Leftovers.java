package io.rewarddance.driver.paper.cells;

import io.rewarddance.driver.loop.RunHistory;
import io.rewarddance.driver.loop.RunSummary;
import io.rewarddance.driver.publish.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What finished runs leave and nobody needs any more. A run keeps hundreds of megabytes, and a
 * reproduction has dozens of runs: settings, journal, report, pictures and the last policy stay,
 * from which everything else can be made again.
 */
final class Leftovers {
  private static final List<String> LARGE =
      List.of("backend", "rollouts", "repository", "initial-policy");

  private Leftovers() {}

  static void prune(Path run, RunHistory history) throws IOException {
    for (String large : LARGE) {
      Trees.delete(run.resolve(large));
    }
    String last = String.valueOf(RunSummary.of(history).policyVersion());
    Path policies = run.resolve("policies");
    if (Files.isDirectory(policies)) {
      try (Stream<Path> versions = Files.list(policies)) {
        for (Path version : versions.toList()) {
          if (!version.getFileName().toString().equals(last)) {
            Trees.delete(version);
          }
        }
      }
    }
  }
}
