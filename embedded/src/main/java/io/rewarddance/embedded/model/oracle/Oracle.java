package io.rewarddance.embedded.model.oracle;

import java.nio.ByteBuffer;
import java.util.List;

/** Measures images against prompts. Immutable and thread-safe. */
final class Oracle {
  private static final int NO_LABEL = -1;

  private final Limits limits;
  private final Detector detector;
  private final Scorer scorer;
  private final Grain grain;

  Oracle(Limits limits) {
    this.limits = limits;
    this.detector = new Detector(limits);
    this.scorer = new Scorer(limits);
    this.grain = new Grain(limits);
  }

  /**
   * @param image bytes [size,size,3]
   */
  List<Found> detect(ByteBuffer image) {
    return detector.detect(new Picture(image, limits));
  }

  /**
   * @param image bytes [size,size,3]
   */
  Verdict judge(ByteBuffer image, Spec spec) {
    Picture picture = new Picture(image, limits);
    List<Found> objects = detector.detect(picture);
    long fitting = objects.stream().filter(scorer::fits).count();
    return new Verdict(
        scorer.score(objects, spec),
        objects.isEmpty() ? 0 : (double) fitting / objects.size(),
        grain.of(picture),
        diversityLabel(objects, spec));
  }

  private static int diversityLabel(List<Found> objects, Spec spec) {
    if (!spec.isColourless() || objects.isEmpty()) {
      return NO_LABEL;
    }
    return MotionScorer.largest(objects).colour();
  }
}
