package io.rewarddance.driver.publish;

import io.rewarddance.driver.failure.StepFailedException;
import io.rewarddance.rollout.FailureKind;
import io.rewarddance.rollout.PolicyRef;
import io.rewarddance.rollout.digest.Sha256;
import io.rewarddance.rollout.durable.Durable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The run's own policies: {@code policies/<version>/weights.safetensors}. A file under that name is
 * whole and has been found to have the digest that its policy claims.
 */
public final class PolicyStore {
  /** The name of a policy's weights, here and in a version directory. */
  public static final String WEIGHTS = "weights.safetensors";

  /** Brings a policy's weights. */
  @FunctionalInterface
  public interface Download {
    void fetch(PolicyRef policy, Path target);
  }

  private final Path directory;

  public PolicyStore(Path directory) {
    this.directory = directory;
  }

  /** Where the weights of a version are, or would be. */
  public Path weights(long version) {
    return directory.resolve(Long.toString(version)).resolve(WEIGHTS);
  }

  /**
   * The policy's weights, downloaded unless they are here.
   *
   * @throws StepFailedException when what was downloaded isn't that policy
   */
  public Path ensure(PolicyRef policy, Download download) throws IOException {
    Path weights = weights(policy.version());
    if (Files.exists(weights) && Sha256.of(weights).equals(policy.digest())) {
      return weights;
    }
    Files.createDirectories(weights.getParent());
    Path temporary = weights.resolveSibling("." + WEIGHTS + ".tmp");
    download.fetch(policy, temporary);
    String digest = Sha256.of(temporary);
    if (!digest.equals(policy.digest())) {
      throw new StepFailedException(
          FailureKind.BACKEND_ERROR,
          "weights of " + policy + ": sha-256: " + digest + " (expected: " + policy.digest() + ")");
    }
    Durable.forceFile(temporary);
    Durable.move(temporary, weights);
    Durable.forceDirectory(directory);
    return weights;
  }
}
