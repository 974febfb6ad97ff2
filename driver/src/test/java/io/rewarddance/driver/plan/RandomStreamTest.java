package io.rewarddance.driver.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

final class RandomStreamTest {
  @Test
  void aSeedGivesTheSameNumbersEverywhere() {
    RandomStream random = new RandomStream(7);
    assertThat(random.below(1000)).isEqualTo(855);
    assertThat(random.uniform()).isEqualTo(0.30213903321684277);
    assertThat(random.normal()).isCloseTo(1.767004403788519, within(1e-15));
    assertThat(new RandomStream(8).below(1 << 30)).isNotEqualTo(new RandomStream(7).below(1 << 30));
  }

  @Test
  void numbersAreUniformAndNormal() {
    RandomStream random = new RandomStream(1);
    double[] normals = DoubleStream.generate(random::normal).limit(20_000).toArray();
    double mean = DoubleStream.of(normals).average().orElseThrow();
    double square = DoubleStream.of(normals).map(x -> x * x).average().orElseThrow();
    double fourth = DoubleStream.of(normals).map(x -> x * x * x * x).average().orElseThrow();
    assertThat(mean).isCloseTo(0, within(0.03));
    assertThat(square).isCloseTo(1, within(0.04));
    assertThat(fourth).isCloseTo(3, within(0.3));
    double[] uniforms = DoubleStream.generate(random::uniform).limit(20_000).toArray();
    assertThat(DoubleStream.of(uniforms).average().orElseThrow()).isCloseTo(0.5, within(0.01));
    assertThat(DoubleStream.of(uniforms)).allMatch(u -> u >= 0 && u < 1);
  }

  @Test
  void aPermutationHasEverythingOnce() {
    assertThat(new RandomStream(3).permutation(50)).doesNotHaveDuplicates().hasSize(50);
    assertThat(new RandomStream(3).permutation(0)).isEmpty();
  }
}
