package io.rewarddance.embedded.model.oracle;

/** The analytic outline of a shape. */
enum Template {
  CIRCLE("circle") {
    @Override
    double distance(double dx, double dy, double radius) {
      return Math.sqrt(dx * dx + dy * dy) - radius;
    }
  },
  SQUARE("square") {
    @Override
    double distance(double dx, double dy, double radius) {
      return Math.max(Math.abs(dx), Math.abs(dy)) - 0.9 * radius;
    }
  },
  /** Apex 1.1 radii above the anchor, base 0.9 radii below it and 2.4 radii wide. */
  TRIANGLE("triangle") {
    @Override
    double distance(double dx, double dy, double radius) {
      double slanted = (Math.abs(dx) * 2.0 - (dy + 1.1 * radius) * 1.2) / SLANT;
      return Math.max(dy - 0.9 * radius, slanted);
    }
  };

  private static final double SLANT = Math.hypot(2.0, 1.2);

  private final String shape;

  Template(String shape) {
    this.shape = shape;
  }

  /**
   * @throws IllegalArgumentException when there is no outline of this name
   */
  static Template of(String shape) {
    for (Template template : values()) {
      if (template.shape.equals(shape)) {
        return template;
      }
    }
    throw new IllegalArgumentException(
        "shapes: " + shape + " (expected: circle, square or triangle)");
  }

  /** Distance to the outline in pixels, negative inside, of the point (dx, dy) from the anchor. */
  abstract double distance(double dx, double dy, double radius);

  /**
   * Soft intersection over union of a cover with this shape's template of equal area and centre.
   */
  double iou(Cover cover, Limits limits) {
    double radius = Math.sqrt(cover.area() / limits.areaFactors().get(shape));
    double anchor = this == TRIANGLE ? cover.y() - limits.triangleCentre() * radius : cover.y();
    double shared = 0;
    double either = 0;
    for (int p = 0; p < cover.shares().length; p++) {
      double dx = p % limits.size() + 0.5 - cover.x();
      double dy = p / limits.size() + 0.5 - anchor;
      double template = Cover.clip01(0.5 - distance(dx, dy, radius));
      shared += Math.min(cover.shares()[p], template);
      either += Math.max(cover.shares()[p], template);
    }
    return shared / either;
  }
}
