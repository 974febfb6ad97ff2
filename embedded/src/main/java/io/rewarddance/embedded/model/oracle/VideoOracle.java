package io.rewarddance.embedded.model.oracle;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Measures videos against prompts. Immutable and thread-safe. */
final class VideoOracle {
  private static final int NO_LABEL = -1;

  private final VideoLimits limits;
  private final Detector detector;
  private final Scorer scorer;
  private final MotionScorer motion;
  private final Grain grain;

  VideoOracle(VideoLimits limits) {
    this.limits = limits;
    this.detector = new Detector(limits.frame());
    this.scorer = new Scorer(limits.frame());
    this.motion = new MotionScorer(limits);
    this.grain = new Grain(limits.frame());
  }

  /**
   * @param video bytes [frames,size,size,3]
   */
  VideoVerdict judge(ByteBuffer video, Scene scene) {
    List<List<Found>> frames = new ArrayList<>();
    double grains = 0;
    int bytes = video.remaining() / limits.frames();
    for (int frame = 0; frame < limits.frames(); frame++) {
      ByteBuffer image = video.slice(video.position() + frame * bytes, bytes);
      Picture picture = new Picture(image, limits.frame());
      frames.add(detector.detect(picture));
      grains += grain.of(picture);
    }
    return verdict(frames, scene, grains / limits.frames());
  }

  private VideoVerdict verdict(List<List<Found>> frames, Scene scene, double meanGrain) {
    Score moves = motion.score(frames, scene);
    double shown = 0;
    int right = 0;
    for (List<Found> objects : frames) {
      Score score = scorer.only(objects, scene.slot());
      shown += score.graded();
      right += score.strict() ? 1 : 0;
    }
    shown /= limits.frames();
    List<Found> all = frames.stream().flatMap(List::stream).toList();
    long fitting = all.stream().filter(scorer::fits).count();
    return new VideoVerdict(
        new Score(
            right == limits.frames() && isOneColour(frames) && moves.strict(),
            shown * (limits.motionBase() + (1 - limits.motionBase()) * moves.graded())),
        (double) right / limits.frames(),
        moves.strict(),
        all.isEmpty() ? 0 : (double) fitting / all.size(),
        meanGrain,
        diversityLabel(frames.get(0), scene));
  }

  /** A colour that the prompt leaves open still has to stay what it is. */
  private static boolean isOneColour(List<List<Found>> frames) {
    return frames.stream()
            .filter(objects -> !objects.isEmpty())
            .map(objects -> MotionScorer.largest(objects).colour())
            .distinct()
            .count()
        <= 1;
  }

  private static int diversityLabel(List<Found> first, Scene scene) {
    return scene.slot().hasColour() || first.isEmpty()
        ? NO_LABEL
        : MotionScorer.largest(first).colour();
  }
}
