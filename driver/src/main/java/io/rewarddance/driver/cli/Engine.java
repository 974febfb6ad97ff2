package io.rewarddance.driver.cli;

import io.rewarddance.driver.loop.RunEngine;
import java.util.ServiceLoader;

/** Finds the training loop of this jar. */
final class Engine {
  private Engine() {}

  static RunEngine find() {
    return ServiceLoader.load(RunEngine.class)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no RunEngine in this jar"));
  }
}
