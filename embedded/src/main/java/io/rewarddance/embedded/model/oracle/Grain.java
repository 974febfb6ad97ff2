package io.rewarddance.embedded.model.oracle;

/** Background grain: what high-frequency structure is left where no object is near. */
final class Grain {
  private final Limits limits;

  Grain(Limits limits) {
    this.limits = limits;
  }

  /**
   * Standard deviation, in grey levels, of grey less its 3x3 mean, over the pixels off the edge and
   * away from objects; 0 when there are too few of them.
   */
  double of(Picture picture) {
    long count = 0;
    double sum = 0;
    double squares = 0;
    for (int row = 1; row < picture.size() - 1; row++) {
      for (int column = 1; column < picture.size() - 1; column++) {
        int pixel = row * picture.size() + column;
        if (!isNearObject(picture, pixel)) {
          double residual = residual(picture, pixel);
          count++;
          sum += residual;
          squares += residual * residual;
        }
      }
    }
    if (count < limits.grainMinPixels()) {
      return 0;
    }
    double mean = sum / count;
    return Math.sqrt(Math.max(squares / count - mean * mean, 0));
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

  private static double residual(Picture picture, int pixel) {
    int around = 0;
    for (int down = -1; down <= 1; down++) {
      for (int right = -1; right <= 1; right++) {
        around += total(picture, picture.neighbour(pixel, down, right));
      }
    }
    return (9 * total(picture, pixel) - around) / 27.0;
  }

  private static int total(Picture picture, int pixel) {
    return picture.red(pixel) + picture.green(pixel) + picture.blue(pixel);
  }
}
