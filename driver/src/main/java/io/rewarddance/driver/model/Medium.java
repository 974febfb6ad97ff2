package io.rewarddance.driver.model;

import io.rewarddance.rollout.Pixels;
import io.rewarddance.rollout.Video;
import java.util.List;
import java.util.Optional;

/** What a generator draws, and judges and oracles look at. */
public enum Medium {
  IMAGE("image"),
  VIDEO("video");

  private final String tensor;

  Medium(String tensor) {
    this.tensor = tensor;
  }

  /** Name of the tensor that holds it. */
  public String tensor() {
    return tensor;
  }

  static Medium of(Pixels sample) {
    return sample instanceof Video ? VIDEO : IMAGE;
  }

  /** A model that has, or needs, no image but a video is one of videos. */
  public static Medium of(ServedModel model) {
    boolean ofVideos = holds(model.inputs()) || holds(model.outputs());
    return ofVideos ? VIDEO : IMAGE;
  }

  private static boolean holds(List<ServedTensor> side) {
    return find(side, VIDEO).isPresent() && find(side, IMAGE).filter(t -> !t.optional()).isEmpty();
  }

  private static Optional<ServedTensor> find(List<ServedTensor> side, Medium medium) {
    return side.stream().filter(tensor -> tensor.name().equals(medium.tensor)).findFirst();
  }
}
