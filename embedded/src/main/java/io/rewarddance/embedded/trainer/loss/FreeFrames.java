package io.rewarddance.embedded.trainer.loss;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Which part of flat states [n, D] a policy is free to draw: all of them, or of videos whose first
 * frame was given all frames but that one. States are [channels, frames, height, width].
 *
 * @param frames of a video; 0 = nothing is given
 */
public record FreeFrames(int channels, int frames) {
  /** Nothing is given. */
  public static final FreeFrames ALL = new FreeFrames(0, 0);

  private static final int FRAME_AXIS = 2;

  /**
   * @param latentShape of videos
   */
  public static FreeFrames allButFirst(long[] latentShape) {
    if (latentShape.length != FRAME_AXIS + 2 || latentShape[1] < 2) {
      throw new IllegalArgumentException(
          "latent_shape: "
              + java.util.Arrays.toString(latentShape)
              + " (expected: channels, frames >= 2, height, width where a first frame is given)");
    }
    return new FreeFrames((int) latentShape[0], (int) latentShape[1]);
  }

  /** The free elements of each row. */
  Tensor of(Tensor rows) {
    return frames == 0 ? rows : part(rows, 1, frames - 1).reshape(rows.size(0), -1);
  }

  /** {@code changed} where it is free, {@code given} elsewhere. */
  Tensor only(Tensor changed, Tensor given) {
    if (frames == 0) {
      return changed;
    }
    TensorVector parts = new TensorVector(part(given, 0, 1), part(changed, 1, frames - 1));
    return torch.cat(parts, FRAME_AXIS).reshape(changed.size(0), -1);
  }

  private Tensor part(Tensor rows, int from, int count) {
    return rows.view(rows.size(0), channels, frames, -1).narrow(FRAME_AXIS, from, count);
  }
}
