package io.rewarddance.driver.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rewarddance.rollout.digest.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VersionDirectoriesTest {
  @TempDir Path model;
  private VersionDirectories directories;

  @BeforeEach
  void open() {
    directories = new VersionDirectories(model);
  }

  private void make(String... names) throws IOException {
    for (String name : names) {
      Files.writeString(
          Files.createDirectory(model.resolve(name)).resolve(PolicyStore.WEIGHTS), name);
    }
  }

  @Test
  void onlyVersionsCount() throws IOException {
    make("1", "10", "2", "0", "03", "v4", ".publish-5", "5.old", "labels");
    Files.writeString(model.resolve("7"), "a file");
    assertThat(directories.versions()).containsExactly(1L, 2L, 10L);
  }

  @Test
  void theOldestGoUntilEnoughAreLeft() throws IOException {
    make("1", "2", "9", "10", "11");
    assertThat(directories.prune(3, Set.of(11L))).containsExactly(1L, 2L);
    assertThat(directories.versions()).containsExactly(9L, 10L, 11L);
    assertThat(directories.prune(3, Set.of(11L))).isEmpty();
  }

  @Test
  void whatIsInUseStaysAndAnotherGoesInItsPlace() throws IOException {
    make("1", "2", "3", "4");
    assertThat(directories.prune(2, Set.of(1L, 4L))).containsExactly(2L, 3L);
    assertThat(directories.prune(1, Set.of(1L, 4L))).isEmpty();
    assertThat(directories.versions()).containsExactly(1L, 4L);
  }

  @Test
  void cleaningTouchesOnlyWhatPublishingLeft() throws IOException {
    make("1", ".publish-2", ".removed-1", ".publish-x", ".hidden");
    directories.clean();
    try (var left = Files.list(model)) {
      assertThat(left.map(p -> p.getFileName().toString()))
          .containsExactlyInAnyOrder("1", ".publish-x", ".hidden");
    }
  }

  @Test
  void anEmptyModelHasNothingToBuildOn() throws IOException {
    Path weights = Files.writeString(model.resolve("weights"), "w");
    assertThatThrownBy(() -> directories.install(1, weights))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(model + ": no version directory (expected: one to build on)");
  }

  @Test
  void linkedFilesAndDirectoriesAreTakenAlong(@TempDir Path elsewhere) throws IOException {
    make("1");
    Files.writeString(elsewhere.resolve("graph.onnx"), "graph");
    Files.createSymbolicLink(model.resolve("1/graph.onnx"), elsewhere.resolve("graph.onnx"));
    Files.createSymbolicLink(model.resolve("1/shared"), elsewhere);
    Path weights = Files.writeString(elsewhere.resolve("weights"), "weights 2");
    directories.install(2, weights);
    assertThat(model.resolve("2/graph.onnx")).hasContent("graph");
    assertThat(model.resolve("2/shared/graph.onnx")).hasContent("graph");
    assertThat(directories.has(2, Sha256.of(weights))).isTrue();
    assertThat(directories.has(1, Sha256.of(weights))).isFalse();
    assertThat(directories.has(3, Sha256.of(weights))).isFalse();
  }
}
