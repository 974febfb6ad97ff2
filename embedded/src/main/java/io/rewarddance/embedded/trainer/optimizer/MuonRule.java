package io.rewarddance.embedded.trainer.optimizer;

import io.rewarddance.embedded.trainer.tensor.ParameterLayout.Parameter;

/**
 * Which parameters Muon takes: matrices inside the transformer's blocks ({@code blocks.} somewhere
 * in the name) with at least 16 rows and columns. Everything else is AdamW's: embeddings, input and
 * output layers, biases, convolutions, and small tables such as a block's modulation.
 */
final class MuonRule {
  private static final String BLOCKS = "blocks.";
  private static final int SMALLEST_SIDE = 16;

  private MuonRule() {}

  static boolean takes(Parameter parameter) {
    return parameter.axes() == 2
        && parameter.name().contains(BLOCKS)
        && Math.min(parameter.shape()[0], parameter.shape()[1]) >= SMALLEST_SIDE;
  }
}
