package io.rewarddance.driver.judges.collect;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewarddance.driver.config.PreferenceSetConfig.Corruption;
import io.rewarddance.rollout.Image;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class CorruptorTest {
  private static Image flat(int grey) {
    byte[] rgb = new byte[16 * 16 * 3];
    Arrays.fill(rgb, (byte) grey);
    return Image.of(16, 16, rgb);
  }

  private static double[] grey(Image image) {
    double[] values = new double[image.rgb().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = image.rgb()[i] & 0xff;
    }
    return values;
  }

  @Test
  void noneLeavesTheImageAsItIs() {
    Image image = flat(128);
    assertThat(new Corruptor(new Corruption(0, 0)).corrupt(image, 1)).isSameAs(image);
  }

  @Test
  void noiseHasItsDeviationAndItsSeed() {
    Corruptor corruptor = new Corruptor(new Corruption(0.1, 0));
    double[] noisy = grey(corruptor.corrupt(flat(128), 1));
    double variance = Arrays.stream(noisy).map(v -> (v - 128) * (v - 128)).average().orElseThrow();
    assertThat(Math.sqrt(variance)).isBetween(22.0, 29.0);
    assertThat(corruptor.corrupt(flat(128), 1)).isEqualTo(corruptor.corrupt(flat(128), 1));
    assertThat(corruptor.corrupt(flat(128), 2)).isNotEqualTo(corruptor.corrupt(flat(128), 1));
  }

  @Test
  void noiseStaysInsideTheScale() {
    double[] noisy = grey(new Corruptor(new Corruption(0.5, 0)).corrupt(flat(250), 1));
    assertThat(Arrays.stream(noisy).max().orElseThrow()).isEqualTo(255);
    assertThat(Arrays.stream(noisy).min().orElseThrow()).isBetween(0.0, 100.0);
  }

  @Test
  void blurSpreadsAPointAsAGaussianAndKeepsFlatImages() {
    Corruptor corruptor = new Corruptor(new Corruption(0, 1));
    assertThat(corruptor.corrupt(flat(77), 1)).isEqualTo(flat(77));
    byte[] rgb = new byte[16 * 16 * 3];
    rgb[(8 * 16 + 8) * 3] = (byte) 255;
    double[] spread = grey(corruptor.corrupt(Image.of(16, 16, rgb), 1));
    // 255 / (2 pi) in the middle, e^-1/2 of that beside it, in red only.
    assertThat(spread[(8 * 16 + 8) * 3]).isBetween(39.0, 42.0);
    assertThat(spread[(8 * 16 + 9) * 3]).isBetween(23.0, 26.0);
    assertThat(spread[(9 * 16 + 8) * 3]).isEqualTo(spread[(8 * 16 + 9) * 3]);
    assertThat(spread[(8 * 16 + 8) * 3 + 1]).isZero();
  }
}
