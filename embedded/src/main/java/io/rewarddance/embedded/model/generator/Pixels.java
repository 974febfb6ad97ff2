package io.rewarddance.embedded.model.generator;

import java.nio.ByteBuffer;

/** From latents in [-1,1] to bytes, and back. */
final class Pixels {
  private Pixels() {}

  /**
   * Writes a latent [3,...] as bytes [...,3] at {@code at}: (x + 1) * 127.5 with halves rounded up,
   * clipped to 0..255.
   */
  static void write(float[] latent, byte[] sample, int at) {
    int plane = latent.length / SampleShape.CHANNELS;
    for (int channel = 0; channel < SampleShape.CHANNELS; channel++) {
      int from = channel * plane;
      int to = at + channel;
      for (int pixel = 0; pixel < plane; pixel++) {
        sample[to + SampleShape.CHANNELS * pixel] = level(latent[from + pixel]);
      }
    }
  }

  /** The latent [3,...] of bytes [...,3]: what {@link #write} gives the same bytes for. */
  static float[] latent(ByteBuffer levels) {
    float[] latent = new float[levels.remaining()];
    int plane = latent.length / SampleShape.CHANNELS;
    for (int i = 0; i < latent.length; i++) {
      int to = i % SampleShape.CHANNELS * plane + i / SampleShape.CHANNELS;
      latent[to] = Byte.toUnsignedInt(levels.get(levels.position() + i)) / 127.5f - 1;
    }
    return latent;
  }

  private static byte level(float value) {
    int level = (int) Math.floor(value * 127.5f + 128.0f);
    return (byte) Math.max(0, Math.min(255, level));
  }
}
