package io.rewarddance.embedded.server.repository;

import io.rewarddance.proto.triton.DataType;
import io.rewarddance.proto.triton.ModelConfig;
import io.rewarddance.proto.triton.ModelInput;
import io.rewarddance.proto.triton.ModelOutput;
import io.rewarddance.proto.triton.ModelTensorReshape;
import java.util.List;
import java.util.Optional;

/** Triton's rules for a configuration. */
public final class ConfigCheck {
  private ConfigCheck() {}

  /** What is wrong with a complete configuration, in Triton's words; empty when nothing is. */
  public static Optional<String> problem(ModelConfig config) {
    try {
      check(config);
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(e.getMessage());
    }
  }

  private static void check(ModelConfig config) {
    String name = config.getName();
    refuse(
        config.getPlatform().isEmpty() && config.getBackend().isEmpty(),
        "must specify 'platform' or 'backend' for '" + name + "'");
    refuse(config.getMaxBatchSize() < 0, "'max_batch_size' must be non-negative value for " + name);
    for (ModelInput input : config.getInputList()) {
      checkTensor(
          "model input ",
          input.getName(),
          input.getDataType(),
          input.getDimsList(),
          input.hasReshape() ? Optional.of(input.getReshape()) : Optional.empty(),
          config);
      refuse(input.getIsShapeTensor(), "shape tensors are only supported for TensorRT platform");
      refuse(
          input.getFormat() != ModelInput.Format.FORMAT_NONE && input.getDimsCount() != 3,
          "model input NHWC/NCHW require 3 dims for " + name);
    }
    for (ModelOutput output : config.getOutputList()) {
      checkTensor(
          "model output ",
          output.getName(),
          output.getDataType(),
          output.getDimsList(),
          output.hasReshape() ? Optional.of(output.getReshape()) : Optional.empty(),
          config);
      refuse(output.getIsShapeTensor(), "shape tensors are only supported for TensorRT platform");
    }
    if (config.hasDynamicBatching()) {
      BatchingCheck.check(config);
    }
  }

  private static void checkTensor(
      String kind,
      String tensor,
      DataType type,
      List<Long> dims,
      Optional<ModelTensorReshape> reshape,
      ModelConfig config) {
    String ending = " for " + config.getName();
    refuse(tensor.isEmpty(), kind + "must specify 'name'" + ending);
    String who = kind + "'" + tensor + "' ";
    refuse(
        type == DataType.TYPE_INVALID || type == DataType.UNRECOGNIZED,
        who + "must specify 'data_type'" + ending);
    refuse(dims.isEmpty() && reshape.isEmpty(), who + "must specify 'dims'" + ending);
    refuse(
        !dims.stream().allMatch(ConfigCheck::isDimension),
        who
            + "dimension must be integer >= 1, or -1 to indicate a variable-size dimension"
            + ending);
    reshape.ifPresent(to -> checkReshape(who, dims, to.getShapeList(), ending));
  }

  private static void checkReshape(String who, List<Long> dims, List<Long> to, String ending) {
    refuse(
        !to.stream().allMatch(ConfigCheck::isDimension),
        who
            + "reshape dimensions must be integer >= 1, or -1 to indicate a variable-size dimension"
            + ending);
    refuse(
        dims.stream().filter(d -> d == -1).count() != to.stream().filter(d -> d == -1).count(),
        who + "has different number of variable-size dimensions for dims and reshape" + ending);
    refuse(
        fixedSize(dims) != fixedSize(to), who + "has different size for dims and reshape" + ending);
  }

  private static boolean isDimension(long dimension) {
    return dimension >= 1 || dimension == -1;
  }

  private static long fixedSize(List<Long> dims) {
    return dims.stream().filter(d -> d != -1).reduce(1L, (a, b) -> a * b);
  }

  static void refuse(boolean wrong, String text) {
    if (wrong) {
      throw new IllegalArgumentException(text);
    }
  }
}
