package io.rewarddance.embedded.sampling;

import java.util.Arrays;

/**
 * A video's first frame that is given, and so held as it is at every noise level: it isn't noise
 * that becomes an image, and no density counts it. States are [channels, frames, height, width].
 */
public final class HeldFrame {
  private final float[] frame;
  private final int frames;
  private final int plane;

  /**
   * @param frame [channels * plane]
   * @param frames of the video
   * @param plane pixels of a frame
   */
  public HeldFrame(float[] frame, int frames, int plane) {
    if (frames < 1 || plane < 1 || frame.length % plane != 0) {
      throw new IllegalArgumentException(
          "held frame: %d numbers, %d frames of %d pixels (expected: whole channels)"
              .formatted(frame.length, frames, plane));
    }
    this.frame = frame;
    this.frames = frames;
    this.plane = plane;
  }

  /** Of a state whose first frame is the given one. */
  public static HeldFrame of(float[] state, int frames, int plane) {
    float[] frame = new float[state.length / frames];
    for (int at = 0; at < frame.length; at += plane) {
      System.arraycopy(state, at * frames, frame, at, plane);
    }
    return new HeldFrame(frame, frames, plane);
  }

  /** Puts the frame in its place. */
  public void put(float[] state) {
    for (int at = 0; at < frame.length; at += plane) {
      System.arraycopy(frame, at, state, at * frames, plane);
    }
  }

  /** The elements of a state's other frames, in their order. */
  public float[] free(float[] state) {
    float[] free = new float[state.length - frame.length];
    int rest = (frames - 1) * plane;
    for (int channel = 0; channel < frame.length / plane; channel++) {
      int from = channel * frames * plane + plane;
      System.arraycopy(state, from, free, channel * rest, rest);
    }
    return free;
  }

  @Override
  public String toString() {
    return "HeldFrame" + Arrays.toString(new int[] {frames, plane});
  }
}
