package io.rewarddance.embedded.model.oracle;

import io.rewarddance.embedded.model.ModelLoadException;
import java.nio.file.Path;

/**
 * The numbers of {@code style.json}.
 *
 * @param sizeSpan objects that are smaller by this share have nothing in common
 * @param shadeSpan grey levels by which backgrounds differ that have nothing in common
 */
record StyleLimits(double sizeSpan, double shadeSpan) {
  StyleLimits {
    if (!(sizeSpan > 0 && sizeSpan <= 1)) {
      throw new IllegalArgumentException(
          "size_span: " + sizeSpan + " (expected: above 0, at most 1)");
    }
    if (!(shadeSpan > 0 && shadeSpan < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("shade_span: " + shadeSpan + " (expected: a number > 0)");
    }
  }

  static StyleLimits read(Path file) throws ModelLoadException {
    return OracleFiles.read(file, StyleLimits.class);
  }
}
