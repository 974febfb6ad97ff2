package io.rewarddance.embedded.trainer;

import java.nio.file.Path;

/** Where the generator that the repository ships lies. */
public final class TestModel {
  private TestModel() {}

  public static Path versionDirectory() {
    String root = System.getProperty("rewarddance.root");
    return Path.of(root, "triton-models", "repository", "shapes_generator", "1");
  }
}
