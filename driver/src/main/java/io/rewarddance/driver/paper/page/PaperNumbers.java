package io.rewarddance.driver.paper.page;

import io.rewarddance.driver.paper.cell.ReferenceChoice;
import java.util.Map;
import java.util.Optional;

/** Numbers that the paper prints (arXiv 2509.08826v1), in its own units. */
final class PaperNumbers {
  /** Sizes 1B, 2B, 4B, 8B, 26B. */
  static final double[] ACCURACY_IN = {64.70, 69.36, 65.37, 74.92, 78.44};

  static final double[] ACCURACY_OUT = {69.10, 69.59, 71.92, 71.94, 80.90};

  /** Seedream-3.0-SFT. */
  static final double GOLD_BEFORE = 74.1;

  static final double[] GOLD_RL = {74.9, 75.3, 79.5, 81.6, 84.8};

  static final double[] GOLD_SEARCH = {75.1, 76.3, 78.4, 79.3, 80.5};

  /** FLUX.1-dev, 67.0 before. */
  static final double[] GOLD_RL_FLUX = {70.7, 72.4, 72.2, 73.0, 73.6};

  /** Text-to-image, late in training. */
  static final double[] SIGMA = {4.7e-3, 7.0e-3, 3.6e-2, 4.1e-2, 5.3e-2};

  /** Tables 7, 8 and 9, Seedream-3.0, by arm. */
  private static final Map<String, String> ARMS =
      Map.of(
          "pointwise-regressive",
          "80.7",
          "pointwise-generative",
          "81.0",
          "pairwise-generative",
          "81.6",
          ReferenceChoice.BEST_OF_16.label(),
          "83.6",
          ReferenceChoice.BEST_OF_6.label(),
          "83.1",
          ReferenceChoice.BEST_OF_2.label(),
          "82.7",
          ReferenceChoice.BOTTOM_OF_16.label(),
          "80.6",
          "without",
          "81.6",
          "with",
          "83.6");

  private PaperNumbers() {}

  /** What it prints for the arm of a table; empty where it has no such row. */
  static Optional<String> arm(String arm) {
    return Optional.ofNullable(ARMS.get(arm));
  }
}
