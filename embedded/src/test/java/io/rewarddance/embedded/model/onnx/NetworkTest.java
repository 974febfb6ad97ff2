package io.rewarddance.embedded.model.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtException;
import io.rewarddance.embedded.model.ModelLoadException;
import io.rewarddance.embedded.testing.GoldenFile;
import io.rewarddance.embedded.testing.Repository;
import io.rewarddance.embedded.weights.SafeTensors;
import io.rewarddance.embedded.weights.WeightTensor;
import io.rewarddance.embedded.weights.Weights;
import io.rewarddance.rollout.digest.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {
  private static final Path VERSION = Repository.version("shapes_generator");
  private static final GoldenFile GOLDEN = GoldenFile.open("velocity");

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void velocitiesAgreeWithPyTorch(int example) throws Exception {
    try (Network network = open(VERSION, 3)) {
      float[] v = velocity(network, GOLDEN.floats("sigma_" + example));
      float[] expected = GOLDEN.floats("v_" + example);
      for (int i = 0; i < expected.length; i++) {
        assertThat(v[i]).isCloseTo(expected[i], within(1e-5f));
      }
    }
  }

  /** ONNX Runtime maps weight files, so that this isn't to be taken for granted. */
  @Test
  void changingTheFileLaterChangesNothing(@TempDir Path directory) throws Exception {
    Path copy = Repository.copyVersion("shapes_generator", directory.resolve("1"));
    float[] sigma = GOLDEN.floats("sigma_1");
    try (Network network = open(copy, 3)) {
      float[] before = velocity(network, sigma);
      Path weights = copy.resolve(PolicyFile.NAME);
      Files.write(weights, new byte[(int) Files.size(weights)]);
      Files.write(copy.resolve("velocity.onnx"), new byte[10]);
      assertThat(velocity(network, sigma)).containsExactly(before);
    }
  }

  @Test
  void otherWeightsGiveOtherVelocities(@TempDir Path directory) throws Exception {
    Path copy = Repository.copyVersion("shapes_generator", directory.resolve("1"));
    Weights weights = SafeTensors.read(VERSION.resolve(PolicyFile.NAME));
    Map<String, WeightTensor> changed = new TreeMap<>(weights.tensors());
    changed.computeIfPresent(
        "pixels.bias", (name, old) -> new WeightTensor(old.shape(), filled(old, 1)));
    String digest = SafeTensors.write(weights.with(changed), copy.resolve(PolicyFile.NAME));
    assertThat(PolicyFile.read(copy).digest())
        .isEqualTo(digest)
        .isNotEqualTo(Sha256.of(VERSION.resolve(PolicyFile.NAME)));
    float[] sigma = GOLDEN.floats("sigma_1");
    try (Network network = open(copy, 3);
        Network shipped = open(VERSION, 3)) {
      assertThat(velocity(network, sigma)).isNotEqualTo(velocity(shipped, sigma));
    }
  }

  @Test
  void brokenVersionsAreRefusedByName(@TempDir Path directory) throws Exception {
    Path copy = Repository.copyVersion("shapes_generator", directory.resolve("1"));
    Weights weights = SafeTensors.read(VERSION.resolve(PolicyFile.NAME));
    Map<String, WeightTensor> changed = new TreeMap<>(weights.tensors());
    changed.computeIfPresent(
        "pixels.bias", (name, old) -> new WeightTensor(old.shape(), filled(old, Float.NaN)));
    SafeTensors.write(weights.with(changed), copy.resolve(PolicyFile.NAME));
    assertThatThrownBy(() -> PolicyFile.read(copy))
        .isInstanceOf(ModelLoadException.class)
        .hasMessageContaining("weight 'pixels.bias' holds a NaN");

    changed.remove("pixels.bias");
    Weights fewer = new Weights(new TreeMap<>(changed), weights.metadata());
    assertThatThrownBy(() -> Network.open(copy.resolve("velocity.onnx"), fewer, 3))
        .isInstanceOf(ModelLoadException.class)
        .hasMessageContaining("weight 'pixels.bias': missing (expected: shape [48])");

    changed.put("pixels.bias", new WeightTensor(new long[] {1}, new float[] {1}));
    Weights other = new Weights(new TreeMap<>(changed), weights.metadata());
    assertThatThrownBy(() -> Network.open(copy.resolve("velocity.onnx"), other, 3))
        .isInstanceOf(ModelLoadException.class)
        .hasMessageContaining("weight 'pixels.bias': [1] (expected: shape [48])");

    Files.write(copy.resolve("velocity.onnx"), new byte[] {1, 2, 3});
    assertThatThrownBy(() -> Network.open(copy.resolve("velocity.onnx"), weights, 3))
        .isInstanceOf(ModelLoadException.class)
        .hasMessageContaining("velocity.onnx");
    Files.delete(copy.resolve(PolicyFile.NAME));
    assertThatThrownBy(() -> PolicyFile.read(copy))
        .isInstanceOf(ModelLoadException.class)
        .hasMessageContaining("can't read");
  }

  @Test
  void graphsOfAnotherShapeAreRefused() throws Exception {
    assertThatThrownBy(() -> open(VERSION, 3).require("x", OnnxJavaType.FLOAT, 3, 64, 64))
        .isInstanceOf(ModelLoadException.class)
        .hasMessageContaining("graph tensor 'x'")
        .hasMessageContaining("[3, 3, 64, 64]");
    assertThatThrownBy(() -> open(VERSION, 3).require("y", OnnxJavaType.FLOAT))
        .hasMessageContaining("graph tensor 'y': null");
  }

  private static float[] filled(WeightTensor old, float value) {
    float[] values = new float[old.values().length];
    Arrays.fill(values, value);
    return values;
  }

  private static Network open(Path version, int rows) throws ModelLoadException, IOException {
    return Network.open(version.resolve("velocity.onnx"), PolicyFile.read(version).weights(), rows);
  }

  private static float[] velocity(Network network, float[] sigma) throws OrtException {
    float[] v = new float[3 * 3072];
    try (Lane.Loan loan = network.borrow()) {
      loan.lane().bytes("x").asFloatBuffer().put(GOLDEN.floats("x"));
      loan.lane().bytes("sigma").asFloatBuffer().put(sigma);
      loan.lane().bytes("tokens").asLongBuffer().put(GOLDEN.longs("tokens"));
      loan.lane().run();
      loan.lane().bytes("v").asFloatBuffer().get(v);
    }
    return v;
  }
}
