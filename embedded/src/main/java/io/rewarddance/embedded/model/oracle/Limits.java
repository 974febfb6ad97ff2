package io.rewarddance.embedded.model.oracle;

import io.rewarddance.embedded.model.ModelLoadException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The oracle's numbers and names, as oracle.json has them; the model's card says what each is for.
 *
 * @param hueEnds upper ends of the hue intervals, degrees
 * @param hueColours colour of each interval, one more than there are ends
 * @param areaFactors by shape: area over squared radius
 * @param size height and width of images
 */
record Limits(
    int chromaAbove,
    List<Double> hueEnds,
    List<String> hueColours,
    int minPixels,
    double coverOffset,
    double coverScale,
    double iou,
    double shapeSoftness,
    double shapeFloor,
    double shapeSpan,
    double relationMin,
    double relationFull,
    double relationSlack,
    double relationBase,
    Map<String, Double> areaFactors,
    double triangleCentre,
    int grainWindow,
    int grainMinPixels,
    List<String> colours,
    List<String> shapes,
    int size) {
  Limits {
    if (hueColours.size() != hueEnds.size() + 1 || !colours.containsAll(hueColours)) {
      throw new IllegalArgumentException(
          "hue_colours: " + hueColours + " (expected: one of " + colours + " for each interval)");
    }
    if (!areaFactors.keySet().containsAll(shapes)) {
      throw new IllegalArgumentException(
          "area_factors: " + areaFactors.keySet() + " (expected: one for each of " + shapes + ")");
    }
    if (size < 3) {
      throw new IllegalArgumentException("size: " + size + " (expected: >= 3)");
    }
  }

  static Limits read(Path file) throws ModelLoadException {
    return OracleFiles.read(file, Limits.class);
  }
}
