package io.rewarddance.embedded.model.onnx;

import io.rewarddance.embedded.model.ModelLoadException;
import io.rewarddance.embedded.weights.SafeTensors;
import io.rewarddance.embedded.weights.Weights;
import io.rewarddance.rollout.digest.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A version's weights and the digest of the very bytes they came from.
 *
 * @param digest SHA-256 of weights.safetensors, 64 lower-case hex digits
 */
public record PolicyFile(Weights weights, String digest) {
  public static final String NAME = "weights.safetensors";

  /**
   * @throws ModelLoadException when the file can't be read or holds a value that is not finite
   */
  public static PolicyFile read(Path versionDirectory) throws ModelLoadException {
    Path file = versionDirectory.resolve(NAME);
    try {
      byte[] bytes = Files.readAllBytes(file);
      Weights weights = SafeTensors.decode(bytes, file.toString());
      Optional<String> broken = weights.firstNonFinite();
      if (broken.isPresent()) {
        throw new ModelLoadException(
            file + ": weight '" + broken.get() + "' holds a NaN or an infinity (expected: finite)");
      }
      return new PolicyFile(weights, Sha256.of(bytes));
    } catch (IOException e) {
      throw new ModelLoadException("can't read " + file + ": " + e.getMessage(), e);
    }
  }
}
