package io.rewarddance.driver.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WorkspaceTest {
  @TempDir Path root;
  private Path source;
  private Path target;

  @BeforeEach
  void makeModels() throws IOException {
    source = root.resolve("source");
    target = Files.createDirectory(root.resolve("run")).resolve("repository");
    for (String model : new String[] {"generator", "judge", "unused"}) {
      for (String version : new String[] {"1", "2", "10"}) {
        Path directory = Files.createDirectories(source.resolve(model).resolve(version));
        Files.writeString(directory.resolve("weights.safetensors"), model + " " + version);
      }
      Files.writeString(source.resolve(model).resolve("config.pbtxt"), "name: \"" + model + "\"");
    }
  }

  private static Set<String> tree(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      Set<String> names = new TreeSet<>();
      files
          .filter(Files::isRegularFile)
          .forEach(file -> names.add(directory.relativize(file).toString().replace('\\', '/')));
      return names;
    }
  }

  @Test
  void onlyTheModelsThatTakePartAreCopiedAndWhole() throws IOException {
    Workspace.copyModels(source, target, Set.of("generator", "judge"));
    assertThat(tree(target))
        .containsExactlyInAnyOrder(
            "generator/config.pbtxt",
            "generator/1/weights.safetensors",
            "generator/2/weights.safetensors",
            "generator/10/weights.safetensors",
            "judge/config.pbtxt",
            "judge/1/weights.safetensors",
            "judge/2/weights.safetensors",
            "judge/10/weights.safetensors");
    assertThat(target.resolve("judge/2/weights.safetensors")).hasContent("judge 2");
  }

  /** A run keeps the models that it began with. */
  @Test
  void aSecondCopyIsNotMade() throws IOException {
    Workspace.copyModels(source, target, Set.of("generator"));
    Files.writeString(source.resolve("generator/2/weights.safetensors"), "changed");
    Workspace.copyModels(source, target, Set.of("generator", "judge"));
    assertThat(target.resolve("generator/2/weights.safetensors")).hasContent("generator 2");
    assertThat(target.resolve("judge")).doesNotExist();
  }

  @Test
  void changingTheCopyLeavesTheSource() throws IOException {
    Workspace.copyModels(source, target, Set.of("generator"));
    Files.writeString(target.resolve("generator/2/weights.safetensors"), "trained");
    assertThat(source.resolve("generator/2/weights.safetensors")).hasContent("generator 2");
  }

  @Test
  void whatAKilledCopyLeftIsMadeAnew() throws IOException {
    Path partial = Files.createDirectories(target.resolveSibling(".repository.tmp/stale/1"));
    Files.writeString(partial.resolve("weights.safetensors"), "st");
    Workspace.copyModels(source, target, Set.of("generator"));
    assertThat(target.resolve("stale")).doesNotExist();
    assertThat(target.resolveSibling(".repository.tmp")).doesNotExist();
    assertThat(tree(target)).hasSize(4);
  }

  @Test
  void aMissingModelLeavesNoCopyAtAll() throws IOException {
    assertThatThrownBy(
            () ->
                Workspace.copyModels(source, target, new TreeSet<>(Set.of("generator", "nobody"))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(source.resolve("nobody") + ": no such model (expected: a directory)");
    assertThat(target).doesNotExist();
    Workspace.copyModels(source, target, Set.of("generator"));
    assertThat(tree(target)).hasSize(4);
  }

  @Test
  void aLinkedModelIsCopiedAndNotTheLink() throws IOException {
    Files.move(source.resolve("generator"), root.resolve("elsewhere"));
    Files.createSymbolicLink(source.resolve("generator"), root.resolve("elsewhere"));
    Workspace.copyModels(source, target, Set.of("generator"));
    assertThat(Files.isSymbolicLink(target.resolve("generator"))).isFalse();
    assertThat(tree(target)).contains("generator/10/weights.safetensors");
  }

  @Test
  void aRepositoryThatMayOnlyBeReadIsCopied() throws IOException {
    Path weights = source.resolve("generator/1/weights.safetensors");
    assertThat(weights.toFile().setWritable(false)).isTrue();
    assumeFalse(Files.isWritable(weights), "skipped: root may write everything");
    Workspace.copyModels(source, target, Set.of("generator"));
    assertThat(tree(target)).hasSize(4);
  }

  @Test
  void theInitialPolicyIsTheNewestVersion() throws IOException {
    Path policy = target.resolveSibling("initial-policy");
    Path version = Workspace.copyInitialPolicy(source.resolve("generator"), policy);
    assertThat(version).isEqualTo(policy.resolve("10"));
    assertThat(tree(policy)).containsExactly("10/weights.safetensors", "config.pbtxt");
    assertThat(version.resolve("weights.safetensors")).hasContent("generator 10");
    Files.createDirectories(source.resolve("generator/11"));
    assertThat(Workspace.copyInitialPolicy(source.resolve("generator"), policy)).isEqualTo(version);
  }

  @Test
  void aGeneratorWithoutVersionsIsNamed() throws IOException {
    Path empty = Files.createDirectory(source.resolve("empty"));
    Path policy = target.resolveSibling("initial-policy");
    assertThatThrownBy(() -> Workspace.copyInitialPolicy(empty, policy))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(empty + ": no version directory (expected: at least one)");
    assertThat(policy).doesNotExist();
  }
}
