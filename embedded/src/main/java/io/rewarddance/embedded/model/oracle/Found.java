package io.rewarddance.embedded.model.oracle;

import java.util.List;

/**
 * One object of an image.
 *
 * @param colour code
 * @param shape code of the shape with the greatest IoU
 * @param ious with the template of each shape
 * @param x centre, pixels
 * @param y centre, pixels
 * @param pixels of its area
 */
record Found(int colour, int shape, List<Double> ious, double x, double y, int pixels) {
  double iou(int code) {
    return ious.get(code);
  }

  /** The greatest IoU with any shape but this one. */
  double bestOther(int code) {
    double best = Double.NEGATIVE_INFINITY;
    for (int other = 0; other < ious.size(); other++) {
      if (other != code) {
        best = Math.max(best, ious.get(other));
      }
    }
    return best;
  }
}
