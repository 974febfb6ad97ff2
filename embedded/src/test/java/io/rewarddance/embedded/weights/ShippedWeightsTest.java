package io.rewarddance.embedded.weights;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewarddance.embedded.testing.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShippedWeightsTest {
  /** So a policy trained here keeps the offsets into which the shipped graphs point. */
  @ParameterizedTest
  @ValueSource(strings = {"shapes_generator", "shapes_judge"})
  void filesFromPythonAreRewrittenByteForByte(String model) throws IOException {
    Path file = Repository.version(model).resolve("weights.safetensors");
    assertThat(SafeTensors.encode(SafeTensors.read(file))).isEqualTo(Files.readAllBytes(file));
  }
}
