package io.rewarddance.embedded.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class RenoisingTest {
  /** Of a state (1 - s) x0 + s e the image's part becomes 1 - s', the noise's variance s'^2. */
  @Property
  void aStateBecomesOneOfTheHigherLevel(
      @ForAll @DoubleRange(max = 0.99) double one, @ForAll @DoubleRange(max = 0.99) double other) {
    double sigma = Math.min(one, other);
    double higher = Math.max(one, other);
    Renoising renoising = Renoising.between(sigma, higher);
    double image = renoising.stateWeight() * (1 - sigma);
    double old = renoising.stateWeight() * sigma;
    assertThat(image).isCloseTo(1 - higher, within(1e-12));
    assertThat(old * old + renoising.noiseWeight() * renoising.noiseWeight())
        .isCloseTo(higher * higher, within(1e-12));
  }

  @Test
  void atTheTopNothingOfTheStateIsLeft() {
    float[] x = {3, -4};
    Renoising.between(0.5, 1).apply(x, new float[] {0.25f, -0.5f});
    assertThat(x).containsExactly(0.25f, -0.5f);
  }

  @Test
  void toTheSameLevelNothingChanges() {
    float[] x = {0.1f, -0.7f};
    Renoising.between(0.3f, 0.3f).apply(x, new float[] {1, 1});
    assertThat(x).containsExactly(0.1f, -0.7f);
  }

  /** The golden value of docs/samplers.md. */
  @Test
  void goldenValue() {
    float[] x = {0.5f};
    Renoising.between(0.5, 0.8).apply(x, new float[] {-0.3f});
    assertThat(x[0]).isCloseTo(-0.0323790f, within(1e-6f));
  }

  @Test
  void downIsRefused() {
    assertThatThrownBy(() -> Renoising.between(0.5, 0.4)).hasMessageContaining("expected: up");
    assertThatThrownBy(() -> Renoising.between(1, 1)).hasMessageContaining("expected: up");
  }
}
