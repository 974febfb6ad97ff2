package io.rewarddance.embedded.model.oracle;

import io.rewarddance.embedded.model.ModelLoadException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The video oracle's numbers, as oracle.json has them; the model's card says what each is for.
 * Lengths are pixels, speeds pixels a frame.
 *
 * @param directions x and y of a step, by name
 * @param frames of a video
 * @param frame how a single frame is looked at
 */
record VideoLimits(
    double movedMin,
    double stepMin,
    double acrossMax,
    double quickAbove,
    double stillMax,
    double speedSoftness,
    double stillSoftness,
    double motionBase,
    Map<String, List<Integer>> directions,
    int frames,
    Limits frame) {
  VideoLimits {
    if (frames < 2) {
      throw new IllegalArgumentException("frames: " + frames + " (expected: >= 2)");
    }
    directions.forEach(
        (name, step) -> {
          if (step.size() != 2) {
            throw new IllegalArgumentException(
                "directions: " + name + " " + step + " (expected: x and y)");
          }
        });
  }

  static VideoLimits read(Path file) throws ModelLoadException {
    return OracleFiles.read(file, VideoLimits.class);
  }
}
