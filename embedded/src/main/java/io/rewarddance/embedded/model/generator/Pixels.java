package io.rewarddance.embedded.model.generator;

/** From latents in [-1,1] to bytes. */
final class Pixels {
  private Pixels() {}

  /**
   * Writes a latent [3,H,W] as bytes [H,W,3] at {@code at}: (x + 1) * 127.5 with halves rounded up,
   * clipped to 0..255.
   */
  static void write(float[] latent, byte[] image, int at) {
    int plane = latent.length / GeneratorSettings.CHANNELS;
    for (int channel = 0; channel < GeneratorSettings.CHANNELS; channel++) {
      int from = channel * plane;
      int to = at + channel;
      for (int pixel = 0; pixel < plane; pixel++) {
        image[to + GeneratorSettings.CHANNELS * pixel] = level(latent[from + pixel]);
      }
    }
  }

  private static byte level(float value) {
    int level = (int) Math.floor(value * 127.5f + 128.0f);
    return (byte) Math.max(0, Math.min(255, level));
  }
}
