package io.rewarddance.rollout.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewarddance.rollout.Examples;
import io.rewarddance.rollout.TrainingBatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class RoundTripPropertyTest {
  @Property(tries = 100)
  void anyBatchComesBackToTheBit(@ForAll("shapes") Examples.Shape shape, @ForAll long seed)
      throws IOException {
    Path directory = Files.createTempDirectory("rollouts");
    try {
      TrainingBatch batch = Examples.batch(shape, seed);
      StoredRollouts stored = RolloutWriter.write(directory, batch);
      assertThat(RolloutReader.read(stored.path(), stored.sha256()).toBatch()).isEqualTo(batch);
    } finally {
      delete(directory);
    }
  }

  @Provide
  Arbitrary<Examples.Shape> shapes() {
    Arbitrary<int[]> latent =
        Arbitraries.integers().between(1, 5).array(int[].class).ofMinSize(1).ofMaxSize(4);
    Arbitrary<Integer> small = Arbitraries.integers().between(1, 6);
    return Combinators.combine(small, small, small, small, latent, small, small)
        .as(
            (groups, size, height, width, dims, steps, window) ->
                new Examples.Shape(
                    groups, size, height, width, dims, steps, Math.min(window, steps) - 1));
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(directory);
  }
}
