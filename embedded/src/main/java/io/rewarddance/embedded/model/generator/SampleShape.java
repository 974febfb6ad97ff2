package io.rewarddance.embedded.model.generator;

import io.rewarddance.embedded.model.ModelLoadException;
import io.rewarddance.embedded.model.request.ModelParameters;
import java.util.stream.IntStream;

/**
 * Size of what a generator draws. Latents have their channels first, samples last.
 *
 * @param frames of a video; 0 = an image
 * @param height pixels
 * @param width pixels
 */
record SampleShape(int frames, int height, int width) {
  static final int CHANNELS = 3;
  private static final String FRAMES = "frames";

  static SampleShape of(ModelParameters parameters) throws ModelLoadException {
    return new SampleShape(
        parameters.has(FRAMES) ? parameters.count(FRAMES) : 0,
        parameters.count("image_height"),
        parameters.count("image_width"));
  }

  boolean isVideo() {
    return frames > 0;
  }

  /** Name of the output that holds the sample. */
  String tensor() {
    return isVideo() ? "video" : "image";
  }

  /** Elements of a latent, bytes of a sample. */
  int elements() {
    return CHANNELS * Math.max(1, frames) * plane();
  }

  /** Pixels of an image or a frame. */
  int plane() {
    return height * width;
  }

  /** Shape of a latent after the given dimensions: channels, of a video frames, height, width. */
  long[] latent(long... outer) {
    return shape(
        outer, isVideo() ? new long[] {CHANNELS, frames} : new long[] {CHANNELS}, height, width);
  }

  /** Shape of a sample after the given dimensions: of a video frames, height, width, channels. */
  long[] sample(long... outer) {
    return shape(outer, isVideo() ? new long[] {frames} : new long[0], height, width, CHANNELS);
  }

  private static long[] shape(long[] outer, long[] middle, long... inner) {
    return IntStream.range(0, 3)
        .mapToObj(part -> part == 0 ? outer : part == 1 ? middle : inner)
        .flatMapToLong(java.util.Arrays::stream)
        .toArray();
  }
}
