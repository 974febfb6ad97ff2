package io.rewarddance.embedded.trainer.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.rewarddance.embedded.trainer.step.UpdateNoise;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Random choices of a judge's training: pure functions of seed and place. */
class DrawsTest {
  @Test
  void everyPassTakesEachPairOnceInAnotherOrder() {
    PairOrder order = new PairOrder(7, 10);
    int[] twice = IntStream.range(0, 5).flatMap(s -> Arrays.stream(order.of(s, 4))).toArray();
    int[] first = Arrays.copyOfRange(twice, 0, 10);
    int[] second = Arrays.copyOfRange(twice, 10, 20);
    assertThat(Arrays.stream(first).sorted()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    assertThat(Arrays.stream(second).sorted()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    assertThat(first).isNotEqualTo(second);
  }

  @Test
  void aStepDrawsTheSamePairsWhateverWasDrawnBefore() {
    PairOrder straight = new PairOrder(7, 10);
    straight.of(0, 4);
    assertThat(straight.of(3, 4)).isEqualTo(new PairOrder(7, 10).of(3, 4));
    assertThat(new PairOrder(8, 10).of(3, 4)).isNotEqualTo(straight.of(3, 4));
  }

  @Test
  void aMinibatchMayBeLargerThanTheFile() {
    assertThat(Arrays.stream(new PairOrder(1, 3).of(0, 7)).distinct().sorted())
        .containsExactly(0, 1, 2);
  }

  @Test
  void pixelNoiseHasItsDeviationAndStaysWithinGreyLevels() {
    PixelNoise noise = new PixelNoise(0.04, new UpdateNoise(1, 2));
    byte[] grey = new byte[20_000];
    Arrays.fill(grey, (byte) 128);
    byte[] noisy = new byte[grey.length];
    noise.write(grey, 0, noisy, 0);
    double squares = 0;
    double sum = 0;
    for (byte value : noisy) {
      double deviation = (value & 255) - 128;
      sum += deviation;
      squares += deviation * deviation;
    }
    assertThat(sum / noisy.length).isCloseTo(0, offset(0.3));
    assertThat(Math.sqrt(squares / noisy.length)).isCloseTo(10.2, offset(0.3));
    byte[] other = new byte[grey.length];
    noise.write(grey, 1, other, 0);
    assertThat(other).isNotEqualTo(noisy);
    byte[] white = {(byte) 255, 0};
    byte[] clipped = new byte[2000];
    for (int i = 0; i < 1000; i++) {
      noise.write(white, i, clipped, 2 * i);
    }
    for (int i = 0; i < 1000; i++) {
      assertThat(clipped[2 * i] & 255).isGreaterThan(190);
      assertThat(clipped[2 * i + 1] & 255).isLessThan(65);
    }
  }
}
