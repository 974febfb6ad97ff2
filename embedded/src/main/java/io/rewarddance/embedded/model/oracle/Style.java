package io.rewarddance.embedded.model.oracle;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Compares an image with a reference in what their prompt leaves open: colours that it doesn't
 * name, the size of objects, the shade of the background. Immutable and thread-safe.
 */
final class Style {
  private final Limits limits;
  private final StyleLimits style;
  private final Detector detector;
  private final Background background;

  Style(Limits limits, StyleLimits style) {
    this.limits = limits;
    this.style = style;
    this.detector = new Detector(limits);
    this.background = new Background(limits);
  }

  /** The same either way round. */
  Likeness likeness(Spec spec, ByteBuffer image, ByteBuffer reference) {
    Picture one = new Picture(image, limits);
    Picture other = new Picture(reference, limits);
    List<Found> objects = detector.detect(one);
    List<Found> others = detector.detect(other);
    return new Likeness(
        spec.isColourless() ? colour(spec, objects, others) : Likeness.NOT_OPEN,
        size(objects, others),
        shade(one, other));
  }

  /** The mean over the shapes that are asked for. */
  private double colour(Spec spec, List<Found> objects, List<Found> others) {
    return spec.slots().stream()
        .mapToInt(Slot::shape)
        .distinct()
        .mapToDouble(shape -> shared(shape, objects, others))
        .average()
        .orElseThrow();
  }

  /**
   * What the colours of two images' objects of a shape have in common: shares, colour by colour.
   */
  private double shared(int shape, List<Found> objects, List<Found> others) {
    double[] shares = shares(shape, objects);
    double[] otherShares = shares(shape, others);
    return IntStream.range(0, shares.length)
        .mapToDouble(colour -> Math.min(shares[colour], otherShares[colour]))
        .reduce(0, Double::sum);
  }

  /** By colour; all 0 when there is no object of the shape. */
  private double[] shares(int shape, List<Found> objects) {
    List<Found> meant = objects.stream().filter(object -> object.shape() == shape).toList();
    double[] shares = new double[limits.colours().size()];
    for (int colour = 0; colour < shares.length; colour++) {
      int code = colour;
      long count = meant.stream().filter(object -> object.colour() == code).count();
      shares[colour] = meant.isEmpty() ? 0 : (double) count / meant.size();
    }
    return shares;
  }

  private double size(List<Found> objects, List<Found> others) {
    OptionalDouble mean = objects.stream().mapToInt(Found::pixels).average();
    OptionalDouble otherMean = others.stream().mapToInt(Found::pixels).average();
    if (mean.isEmpty() || otherMean.isEmpty()) {
      return 0;
    }
    double ratio =
        Math.min(mean.getAsDouble(), otherMean.getAsDouble())
            / Math.max(mean.getAsDouble(), otherMean.getAsDouble());
    return Cover.clip01(1 - (1 - ratio) / style.sizeSpan());
  }

  private double shade(Picture one, Picture other) {
    OptionalDouble grey = background.grey(one);
    OptionalDouble otherGrey = background.grey(other);
    return grey.isEmpty() || otherGrey.isEmpty()
        ? 0
        : Cover.clip01(
            1 - Math.abs(grey.getAsDouble() - otherGrey.getAsDouble()) / style.shadeSpan());
  }
}
