package io.rewarddance.driver.model;

import io.rewarddance.proto.tensor.Tensor;
import io.rewarddance.proto.tensor.Tensors;
import io.rewarddance.rollout.Image;
import java.util.List;

/** Images as one UINT8 tensor. */
public final class ImageTensors {
  private ImageTensors() {}

  /**
   * A tensor [images, height, width, 3]. A single image is wrapped, several are copied once into
   * one array, as a message needs its tensor in one piece.
   *
   * @param images at least one, all of one size
   * @throws IllegalArgumentException when their sizes differ
   */
  public static Tensor of(String name, List<Image> images) {
    Image first = images.get(0);
    byte[] all = images.size() == 1 ? first.rgb() : joined(images, first);
    long[] shape = {images.size(), first.height(), first.width(), Image.CHANNELS};
    return Tensors.ofUint8(name, shape, all);
  }

  private static byte[] joined(List<Image> images, Image first) {
    int size = first.rgb().length;
    byte[] all = new byte[Math.multiplyExact(size, images.size())];
    for (int i = 0; i < images.size(); i++) {
      Image image = images.get(i);
      if (image.height() != first.height() || image.width() != first.width()) {
        throw new IllegalArgumentException("image: " + image + " (expected: " + first + ")");
      }
      System.arraycopy(image.rgb(), 0, all, i * size, size);
    }
    return all;
  }
}
