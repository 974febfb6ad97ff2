package io.rewarddance.embedded.model.request;

import io.rewarddance.embedded.model.ModelLoadException;
import io.rewarddance.proto.triton.ModelConfig;
import io.rewarddance.proto.triton.ModelParameter;
import java.util.List;

/** A model configuration's {@code parameters}, read with checks. */
public record ModelParameters(ModelConfig config) {
  /**
   * @throws ModelLoadException when the parameter is missing or blank
   */
  public String text(String name) throws ModelLoadException {
    ModelParameter parameter = config.getParametersMap().get(name);
    if (parameter == null || parameter.getStringValue().isBlank()) {
      throw new ModelLoadException(
          "parameter '" + name + "': missing (expected: a string_value in config.pbtxt)");
    }
    return parameter.getStringValue();
  }

  /** Whether a parameter is there. */
  public boolean has(String name) {
    return config.getParametersMap().containsKey(name);
  }

  /** A parameter that lists words. */
  public List<String> words(String name) throws ModelLoadException {
    return List.of(text(name).strip().split("\\s+"));
  }

  /** A whole number of at least 1. */
  public int count(String name) throws ModelLoadException {
    String text = text(name);
    try {
      int value = Integer.parseInt(text.strip());
      if (value >= 1) {
        return value;
      }
    } catch (NumberFormatException e) {
      // falls through to the one message that both cases share
    }
    throw new ModelLoadException(
        "parameter '" + name + "': " + text + " (expected: a whole number >= 1)");
  }

  /** A finite number above 0. */
  public double positive(String name) throws ModelLoadException {
    String text = text(name);
    try {
      double value = Double.parseDouble(text.strip());
      if (value > 0 && value < Double.POSITIVE_INFINITY) {
        return value;
      }
    } catch (NumberFormatException e) {
      // falls through to the one message that both cases share
    }
    throw new ModelLoadException("parameter '" + name + "': " + text + " (expected: a number > 0)");
  }

  /**
   * @throws ModelLoadException when the model takes no batches, which models here need
   */
  public void requireBatches() throws ModelLoadException {
    if (config.getMaxBatchSize() < 1) {
      throw new ModelLoadException(
          "max_batch_size: " + config.getMaxBatchSize() + " (expected: >= 1)");
    }
  }

  /** Whether the model has an input. */
  public boolean hasInput(String name) {
    return config.getInputList().stream().anyMatch(input -> input.getName().equals(name));
  }

  /**
   * The shape of an input, without the batch dimension.
   *
   * @throws ModelLoadException when the configuration has no such input
   */
  public long[] inputShape(String name) throws ModelLoadException {
    return config.getInputList().stream()
        .filter(input -> input.getName().equals(name))
        .findFirst()
        .map(input -> input.getDimsList().stream().mapToLong(Long::longValue).toArray())
        .orElseThrow(
            () ->
                new ModelLoadException(
                    "input '" + name + "': missing (expected: in config.pbtxt)"));
  }
}
