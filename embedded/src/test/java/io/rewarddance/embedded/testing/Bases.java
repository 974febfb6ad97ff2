package io.rewarddance.embedded.testing;

import io.rewarddance.proto.triton.ModelConfig;
import java.nio.file.Path;
import java.util.List;

/** The judges that ship with the project to be trained. */
public final class Bases {
  /** Every size, the smallest first. */
  public static final List<String> NAMES =
      List.of("shapes_vlm_xs", "shapes_vlm_s", "shapes_vlm_m", "shapes_vlm_l", "shapes_vlm_xl");

  private Bases() {}

  /** The directory of a base's shipped version. */
  public static Path version(String name) {
    return model(name).resolve("1");
  }

  public static ModelConfig config(String name) {
    return Repository.config(model(name));
  }

  private static Path model(String name) {
    return Path.of(System.getProperty("rewarddance.root"), "triton-models", "bases", name);
  }
}
