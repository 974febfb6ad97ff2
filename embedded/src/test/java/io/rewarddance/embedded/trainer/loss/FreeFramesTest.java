package io.rewarddance.embedded.trainer.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.rewarddance.embedded.sampling.HeldFrame;
import io.rewarddance.embedded.trainer.tensor.NativeTorch;
import io.rewarddance.embedded.trainer.tensor.Tensors;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The trainer and the sampler leave the same elements alone. */
class FreeFramesTest {
  private static final long[] SHAPE = {2, 3, 1, 2}; // channels, frames, height, width
  private static final float[] STATE = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
  private static final float[] FREE = {2, 3, 4, 5, 8, 9, 10, 11};

  @BeforeAll
  static void load() {
    NativeTorch.load();
  }

  private static Tensor row(float... values) {
    return Tensors.of(values, 1, values.length);
  }

  private static float[] floats(Tensor tensor) {
    float[] values = new float[(int) tensor.numel()];
    Tensors.read(tensor.contiguous(), values, 0);
    return values;
  }

  @Test
  void theFirstFrameOfEachChannelIsLeftOut() {
    FreeFrames free = FreeFrames.allButFirst(SHAPE);
    assertThat(floats(free.of(row(STATE)))).isEqualTo(FREE);
    assertThat(HeldFrame.of(STATE, 3, 2).free(STATE)).isEqualTo(FREE);
  }

  @Test
  void theGivenFrameReplacesWhatWasMadeOfIt() {
    float[] noisy = new float[STATE.length];
    java.util.Arrays.fill(noisy, -1);
    float[] expected = {0, 1, -1, -1, -1, -1, 6, 7, -1, -1, -1, -1};
    FreeFrames free = FreeFrames.allButFirst(SHAPE);
    assertThat(floats(free.only(row(noisy), row(STATE)))).isEqualTo(expected);
    HeldFrame.of(STATE, 3, 2).put(noisy);
    assertThat(noisy).isEqualTo(expected);
  }

  @Test
  void withoutAFirstFrameEverythingIsFree() {
    Tensor state = row(STATE);
    assertThat(FreeFrames.ALL.of(state)).isSameAs(state);
    assertThat(FreeFrames.ALL.only(state, row(FREE))).isSameAs(state);
  }

  @Test
  void imagesHaveNoFirstFrame() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FreeFrames.allButFirst(new long[] {3, 32, 32}))
        .withMessageContaining("[3, 32, 32] (expected: channels, frames >= 2, height, width");
  }
}
