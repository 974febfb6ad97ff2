package io.rewarddance.embedded.model.oracle;

/** Background grain: what high-frequency structure is left where no object is near. */
final class Grain {
  private final Background background;

  Grain(Limits limits) {
    this.background = new Background(limits);
  }

  /**
   * Standard deviation, in grey levels, of grey less its 3x3 mean, over the background; 0 when
   * there is too little of it.
   */
  double of(Picture picture) {
    int[] pixels = background.pixels(picture);
    if (pixels.length == 0) {
      return 0;
    }
    double sum = 0;
    double squares = 0;
    for (int pixel : pixels) {
      double residual = residual(picture, pixel);
      sum += residual;
      squares += residual * residual;
    }
    double mean = sum / pixels.length;
    return Math.sqrt(Math.max(squares / pixels.length - mean * mean, 0));
  }

  private static double residual(Picture picture, int pixel) {
    int around = 0;
    for (int down = -1; down <= 1; down++) {
      for (int right = -1; right <= 1; right++) {
        around += picture.total(picture.neighbour(pixel, down, right));
      }
    }
    return (9 * picture.total(pixel) - around) / 27.0;
  }
}
