package io.rewarddance.embedded.model.oracle;

import java.util.Arrays;
import java.util.List;

/** How well the largest object's way through the frames is what a prompt asks for. */
final class MotionScorer {
  private static final Score NOTHING = new Score(false, 0);

  private final VideoLimits limits;

  MotionScorer(VideoLimits limits) {
    this.limits = limits;
  }

  /** Nothing to see in some frame: it doesn't move as asked. */
  Score score(List<List<Found>> frames, Scene scene) {
    if (frames.stream().anyMatch(List::isEmpty)) {
      return NOTHING;
    }
    List<Found> way = frames.stream().map(MotionScorer::largest).toList();
    return scene.motion().map(motion -> moving(way, motion)).orElseGet(() -> still(way));
  }

  /** The object with most pixels, the first of equals. */
  static Found largest(List<Found> objects) {
    Found largest = objects.get(0);
    for (Found object : objects) {
      largest = object.pixels() > largest.pixels() ? object : largest;
    }
    return largest;
  }

  private Score still(List<Found> way) {
    Found start = way.get(0);
    double farthest = 0;
    for (Found place : way) {
      double dx = place.x() - start.x();
      double dy = place.y() - start.y();
      farthest = Math.max(farthest, Math.sqrt(dx * dx + dy * dy));
    }
    double nearly = Cover.clip01(1 - (farthest - limits.stillMax()) / limits.stillSoftness());
    return new Score(farthest <= limits.stillMax(), nearly);
  }

  private Score moving(List<Found> way, Scene.Motion motion) {
    double[] along = new double[way.size() - 1];
    double[] across = new double[along.length];
    for (int step = 0; step < along.length; step++) {
      double dx = way.get(step + 1).x() - way.get(step).x();
      double dy = way.get(step + 1).y() - way.get(step).y();
      along[step] = dx * motion.x() + dy * motion.y();
      across[step] = dx * motion.y() + dy * motion.x();
    }
    double speed = mean(along);
    double aside = Math.abs(mean(across));
    boolean good =
        speed >= limits.movedMin()
            && Arrays.stream(along).min().orElseThrow() >= limits.stepMin()
            && aside <= limits.acrossMax() * speed;
    double nearly =
        Cover.clip01(speed / limits.movedMin()) * Cover.clip01(1.5 - aside / Math.max(speed, 1e-3));
    if (motion.speed() == Scene.Speed.ANY) {
      return new Score(good, nearly);
    }
    double over = speed - limits.quickAbove();
    boolean quick = motion.speed() == Scene.Speed.QUICKLY;
    double clear = 1 / (1 + StrictMath.exp(-(quick ? over : -over) / limits.speedSoftness()));
    return new Score(good && over > 0 == quick, nearly * clear);
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }
}
