package io.rewarddance.driver.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rewarddance.driver.failure.StepFailedException;
import io.rewarddance.rollout.PolicyRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PolicyStoreTest {
  @TempDir Path directory;

  private static PolicyStore.Download of(String weights) {
    return (policy, target) -> {
      try {
        Files.writeString(target, weights);
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    };
  }

  private static void never(PolicyRef policy, Path target) {
    throw new AssertionError("downloaded " + policy);
  }

  @Test
  void whatIsThereIsNotDownloadedAgain() throws IOException {
    PolicyStore store = new PolicyStore(directory);
    PolicyRef policy = Site.policy(2);
    Path weights = store.ensure(policy, of("weights 2"));
    assertThat(weights).isEqualTo(directory.resolve("2/weights.safetensors"));
    assertThat(weights).hasContent("weights 2");
    assertThat(store.ensure(policy, PolicyStoreTest::never)).isEqualTo(weights);
    try (Stream<Path> files = Files.list(weights.getParent())) {
      assertThat(files).containsExactly(weights);
    }
  }

  @Test
  void aHarmedFileIsReplaced() throws IOException {
    PolicyStore store = new PolicyStore(directory);
    Path weights = store.ensure(Site.policy(2), of("weights 2"));
    Files.writeString(weights, "weights?2");
    assertThat(store.ensure(Site.policy(2), of("weights 2"))).hasContent("weights 2");
  }

  @Test
  void aWrongDownloadLeavesWhatIsThere() throws IOException {
    PolicyStore store = new PolicyStore(directory);
    store.ensure(Site.policy(2), of("weights 2"));
    PolicyRef wanted = Site.policy(2, "others");
    assertThatThrownBy(() -> store.ensure(wanted, of("rubbish")))
        .isInstanceOf(StepFailedException.class)
        .hasMessageContaining("weights of " + wanted + ": sha-256: ")
        .hasMessageContaining("(expected: " + wanted.digest() + ")");
    assertThat(store.weights(2)).hasContent("weights 2");
  }
}
