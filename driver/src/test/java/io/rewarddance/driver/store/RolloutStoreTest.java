package io.rewarddance.driver.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.rewarddance.driver.failure.StepFailedException;
import io.rewarddance.driver.testing.Rollouts;
import io.rewarddance.rollout.AdvantagedRollout;
import io.rewarddance.rollout.Algorithm;
import io.rewarddance.rollout.FailureKind;
import io.rewarddance.rollout.GroupId;
import io.rewarddance.rollout.Prompt;
import io.rewarddance.rollout.Sampler;
import io.rewarddance.rollout.SamplerSettings;
import io.rewarddance.rollout.ScoredRollout;
import io.rewarddance.rollout.TrainingBatch;
import io.rewarddance.rollout.store.StoredRollouts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RolloutStoreTest {
  @TempDir Path directory;

  private static TrainingBatch batch(String run, int rollouts, double reward) {
    List<AdvantagedRollout> advantaged = new ArrayList<>();
    double[] rewards = new double[rollouts];
    rewards[0] = reward;
    for (ScoredRollout scored :
        Rollouts.ofRewards(new GroupId(12, 0), new Prompt(0, "a circle", "one"), rewards)) {
      advantaged.add(
          new AdvantagedRollout(scored, scored.reward().total().orElseThrow() - 0.5, true));
    }
    return new TrainingBatch(
        run,
        12,
        Algorithm.NFT,
        Rollouts.POLICY,
        new SamplerSettings(Sampler.ODE, 1, 0, 0, 0, 1),
        7,
        "{}",
        advantaged);
  }

  private static void assertFails(ThrowingCallable call, FailureKind kind) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            StepFailedException.class,
            e -> {
              assertThat(e.failure().kind()).isEqualTo(kind);
              assertThat(e.isRepeatable()).isTrue();
            });
  }

  @Test
  void whatIsWrittenIsSoundUntilSomebodyTouchesIt() throws IOException {
    RolloutStore store = new RolloutStore(directory.resolve("rollouts"));
    StoredRollouts stored = store.write(batch("run", 4, 1));
    assertThat(stored.path()).isEqualTo(directory.resolve("rollouts/iteration-000012.h5"));
    assertThat(store.isSound(stored.path(), stored.sha256())).isTrue();
    assertThat(store.isSound(stored.path(), "0".repeat(64))).isFalse();
    assertThat(store.isSound(directory.resolve("none.h5"), stored.sha256())).isFalse();
    byte[] bytes = Files.readAllBytes(stored.path());
    bytes[bytes.length / 2] ^= 1;
    Files.write(stored.path(), bytes);
    assertThat(store.isSound(stored.path(), stored.sha256())).isFalse();
  }

  @Test
  void writingAgainGivesTheSameFile() {
    RolloutStore store = new RolloutStore(directory);
    assertThat(store.write(batch("run", 4, 1))).isEqualTo(store.write(batch("run", 4, 1)));
  }

  @Test
  void aDirectoryThatCannotBeMadeIsAStoreError() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));
    assertFails(() -> new RolloutStore(file).write(batch("run", 4, 1)), FailureKind.STORE_ERROR);
  }

  /** A real small file system, where the test may mount one. */
  @Test
  void aFullDiskIsAFailureOfItsOwnKind() throws Exception {
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", directory.toString()),
        "skipped: this test mounts a small tmpfs, which needs root on Linux");
    try {
      assertFails(
          () -> new RolloutStore(directory).write(batch("run", 4000, 1)), FailureKind.STORE_FULL);
      try (Stream<Path> files = Files.list(directory)) {
        assertThat(files).isEmpty();
      }
    } finally {
      // Lazily: the writer's channel to the deleted file may stay open until it is garbage.
      assertThat(run("umount", "-l", directory.toString())).isTrue();
    }
  }

  private static boolean run(String... command) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false; // no such command: not a system this test can use
    }
  }

  @Test
  void theBatchDigestKnowsTheContentAndNotTheRunsName() {
    String digest = BatchDigest.of(batch("run", 4, 1));
    assertThat(digest).matches("[0-9a-f]{64}");
    assertThat(BatchDigest.of(batch("another-run", 4, 1))).isEqualTo(digest);
    assertThat(BatchDigest.of(batch("run", 4, 0.5))).isNotEqualTo(digest);
    assertThat(BatchDigest.of(batch("run", 3, 1))).isNotEqualTo(digest);
  }
}
