package io.rewarddance.embedded.model.oracle;

import java.util.BitSet;
import java.util.List;

/** Finds the objects of an image. */
final class Detector {
  private final Limits limits;
  private final Hues hues;
  private final List<Template> templates;

  Detector(Limits limits) {
    this.limits = limits;
    this.hues = new Hues(limits);
    this.templates = limits.shapes().stream().map(Template::of).toList();
  }

  /** The objects in the row-major order of their first pixels. */
  List<Found> detect(Picture picture) {
    return Areas.of(picture, hues).stream()
        .filter(area -> area.cardinality() >= limits.minPixels())
        .map(area -> found(picture, area))
        .toList();
  }

  private Found found(Picture picture, BitSet area) {
    Cover cover = Cover.of(picture, area, limits);
    List<Double> ious = templates.stream().map(template -> template.iou(cover, limits)).toList();
    return new Found(
        colour(picture, area),
        indexOfGreatest(ious),
        ious,
        cover.x(),
        cover.y(),
        area.cardinality());
  }

  /** The colour of the area's paint: its pixels weighted by their chroma. */
  private int colour(Picture picture, BitSet area) {
    long red = area.stream().mapToLong(p -> (long) picture.chroma(p) * picture.red(p)).sum();
    long green = area.stream().mapToLong(p -> (long) picture.chroma(p) * picture.green(p)).sum();
    long blue = area.stream().mapToLong(p -> (long) picture.chroma(p) * picture.blue(p)).sum();
    return hues.code(red, green, blue);
  }

  private static int indexOfGreatest(List<Double> values) {
    int best = 0;
    for (int i = 1; i < values.size(); i++) {
      if (values.get(i) > values.get(best)) {
        best = i;
      }
    }
    return best;
  }
}
