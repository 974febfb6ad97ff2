package io.rewarddance.driver.model;

import io.rewarddance.proto.tensor.Tensor;
import io.rewarddance.proto.tensor.Tensors;
import io.rewarddance.rollout.Pixels;
import java.util.List;
import java.util.stream.Stream;

/** Images, or videos, as one UINT8 tensor. */
public final class PixelTensors {
  private PixelTensors() {}

  /**
   * A tensor by the name of what it holds, {@code image} [images, height, width, 3] or {@code
   * video} [videos, frames, height, width, 3]; no pixel is copied.
   *
   * @param samples at least one, all of one shape
   * @throws IllegalArgumentException when their shapes differ
   */
  public static Tensor of(List<? extends Pixels> samples) {
    return of(Medium.of(samples.get(0)).tensor(), samples);
  }

  /** The same by another name. */
  public static Tensor of(String name, List<? extends Pixels> samples) {
    Pixels first = samples.get(0);
    for (Pixels sample : samples) {
      if (!sample.shape().equals(first.shape())) {
        throw new IllegalArgumentException(name + ": " + sample + " (expected: " + first + ")");
      }
    }
    long[] shape =
        Stream.concat(Stream.of(samples.size()), first.shape().stream())
            .mapToLong(Integer::longValue)
            .toArray();
    return Tensors.ofUint8(name, shape, samples.stream().map(Pixels::rgb).toList());
  }
}
