package io.rewarddance.driver.model;

import io.rewarddance.proto.tensor.Tensor;
import io.rewarddance.proto.tensor.Tensors;
import io.rewarddance.rollout.Image;
import java.util.List;

/** Images as one UINT8 tensor. */
public final class ImageTensors {
  private ImageTensors() {}

  /**
   * A tensor [images, height, width, 3]; no pixel is copied.
   *
   * @param images at least one, all of one size
   * @throws IllegalArgumentException when their sizes differ
   */
  public static Tensor of(String name, List<Image> images) {
    Image first = images.get(0);
    for (Image image : images) {
      if (image.height() != first.height() || image.width() != first.width()) {
        throw new IllegalArgumentException("image: " + image + " (expected: " + first + ")");
      }
    }
    long[] shape = {images.size(), first.height(), first.width(), Image.CHANNELS};
    return Tensors.ofUint8(name, shape, images.stream().map(Image::rgb).toList());
  }
}
