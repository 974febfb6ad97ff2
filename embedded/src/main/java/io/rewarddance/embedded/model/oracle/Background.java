package io.rewarddance.embedded.model.oracle;

import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** What no object is near: the pixels off the image's edge and away from objects. */
final class Background {
  private static final double CHANNELS = 3;

  private final Limits limits;

  Background(Limits limits) {
    this.limits = limits;
  }

  /** The pixels in row-major order; none when there are too few of them to measure. */
  int[] pixels(Picture picture) {
    int inner = picture.size() - 2;
    int[] pixels =
        IntStream.range(0, inner * inner)
            .map(i -> (i / inner + 1) * picture.size() + i % inner + 1)
            .filter(pixel -> !isNearObject(picture, pixel))
            .toArray();
    return pixels.length < limits.grainMinPixels() ? new int[0] : pixels;
  }

  /** Its mean grey level; none when there is too little of it. */
  OptionalDouble grey(Picture picture) {
    int[] pixels = pixels(picture);
    long total = IntStream.of(pixels).mapToLong(picture::total).sum();
    return pixels.length == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(total / (CHANNELS * pixels.length));
  }

  private boolean isNearObject(Picture picture, int pixel) {
    int reach = limits.grainWindow() / 2;
    for (int down = -reach; down <= reach; down++) {
      for (int right = -reach; right <= reach; right++) {
        int near = picture.neighbour(pixel, down, right);
        if (near >= 0 && picture.isForeground(near)) {
          return true;
        }
      }
    }
    return false;
  }
}
