package io.rewarddance.rollout;

import java.util.List;

/**
 * What a generator draws: an image, or a video. RGB of 8 bits a channel; the array is handed over
 * at construction and handed out again without a copy.
 */
public sealed interface Pixels permits Image, Video {
  /** Channels of a pixel: red, green, blue. */
  int CHANNELS = 3;

  /**
   * What {@link #rgb} holds, row-major: {@code [height, width, 3]}, of videos with frames first.
   */
  List<Integer> shape();

  /** The numbers in the order of {@link #shape}, not a copy: don't change them. */
  byte[] rgb();

  /** As one picture: the image itself, or a video's frames side by side. */
  Image sheet();

  /** Lower-case hex sha-256 of the numbers; the shape isn't part of it. */
  String sha256();

  /**
   * @param shape as {@link #shape()} gives it
   * @param rgb numbers in that order; ownership passes over
   * @throws IllegalArgumentException when shape and numbers disagree, or the shape is neither's
   */
  static Pixels of(List<Integer> shape, byte[] rgb) {
    Check.that(
        (shape.size() == 3 || shape.size() == 4) && shape.get(shape.size() - 1) == CHANNELS,
        "shape",
        shape,
        "[height, width, 3] or [frames, height, width, 3]");
    return shape.size() == 3
        ? Image.of(shape.get(0), shape.get(1), rgb)
        : Video.of(shape.get(0), shape.get(1), shape.get(2), rgb);
  }
}
