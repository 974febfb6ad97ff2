package io.rewarddance.embedded.noise;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewarddance.embedded.testing.GoldenFile;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class GoldenNoiseTest {
  @Test
  void pythonDrawsTheSameFloats() {
    JsonNode cases = GoldenFile.json("philox");
    assertThat(cases.size()).isPositive();
    for (JsonNode drawn : cases) {
      float[] expected = new float[drawn.get("normals").size()];
      for (int i = 0; i < expected.length; i++) {
        expected[i] = (float) drawn.get("normals").get(i).doubleValue();
      }
      assertThat(
              Philox.normals(
                  drawn.get("seed").longValue(),
                  drawn.get("purpose").intValue(),
                  drawn.get("step").intValue(),
                  expected.length))
          .containsExactly(expected);
    }
  }
}
