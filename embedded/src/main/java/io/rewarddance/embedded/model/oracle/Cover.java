package io.rewarddance.embedded.model.oracle;

import java.util.BitSet;

/**
 * How much of each pixel an object covers, with the sum and the centre of it.
 *
 * @param shares row-major, 0..1
 * @param area sum of the shares, pixels
 * @param x centre, pixels from the left edge
 * @param y centre, pixels from the upper edge
 */
record Cover(double[] shares, double area, double x, double y) {
  /**
   * A pixel's chroma over the object's own full chroma tells how much of it is covered; it is the
   * object's when it lies in its area, or beside it and in no other.
   */
  static Cover of(Picture picture, BitSet area, Limits limits) {
    double full = fullChroma(picture, area);
    double[] shares = new double[picture.pixels()];
    double sum = 0;
    double x = 0;
    double y = 0;
    for (int p = 0; p < shares.length; p++) {
      if (area.get(p) || (!picture.isForeground(p) && touches(picture, area, p))) {
        double cover = Math.min(picture.chroma(p) / full, 1);
        shares[p] = clip01((cover - limits.coverOffset()) / limits.coverScale());
        sum += shares[p];
        x += shares[p] * (p % picture.size() + 0.5);
        y += shares[p] * (p / picture.size() + 0.5);
      }
    }
    return new Cover(shares, sum, x / sum, y / sum);
  }

  /** The mean chroma of the pixels that have at least the area's mean. */
  private static double fullChroma(Picture picture, BitSet area) {
    long sum = area.stream().mapToLong(picture::chroma).sum();
    long pixels = area.cardinality();
    return area.stream()
        .filter(p -> picture.chroma(p) * pixels >= sum)
        .mapToLong(picture::chroma)
        .summaryStatistics()
        .getAverage();
  }

  private static boolean touches(Picture picture, BitSet area, int pixel) {
    for (int[] step : Areas.STEPS) {
      int near = picture.neighbour(pixel, step[0], step[1]);
      if (near >= 0 && area.get(near)) {
        return true;
      }
    }
    return false;
  }

  static double clip01(double value) {
    return Math.min(Math.max(value, 0), 1);
  }
}
