package io.rewarddance.embedded.trainer.state;

import io.rewarddance.embedded.trainer.optimizer.OptimizerState;
import io.rewarddance.embedded.weights.SafeTensors;
import io.rewarddance.embedded.weights.WeightTensor;
import io.rewarddance.embedded.weights.Weights;
import io.rewarddance.embedded.weights.WeightsFormatException;
import io.rewarddance.proto.training.TrainingJson;
import java.util.Map;
import java.util.TreeMap;

/**
 * Arrays and facts as a safetensors file: each array is one flat tensor, the facts are JSON under
 * the metadata key {@code state}.
 */
final class StateFile {
  private static final String MEAN = "adam.mean";
  private static final String SQUARE = "adam.square";
  private static final String MOMENTUM = "muon.momentum";

  private final Weights content;

  private StateFile(Weights content) {
    this.content = content;
  }

  static byte[] encode(
      String format, Object facts, Map<String, float[]> arrays, OptimizerState optimizer) {
    TreeMap<String, WeightTensor> tensors = new TreeMap<>();
    arrays.forEach((name, values) -> tensors.put(name, flat(values)));
    tensors.put(MEAN, flat(optimizer.mean()));
    tensors.put(SQUARE, flat(optimizer.square()));
    tensors.put(MOMENTUM, flat(optimizer.momentum()));
    Map<String, String> metadata = Map.of("format", format, "state", TrainingJson.write(facts));
    return SafeTensors.encode(new Weights(tensors, new TreeMap<>(metadata)));
  }

  static StateFile decode(byte[] bytes, String source) throws WeightsFormatException {
    return new StateFile(SafeTensors.decode(bytes, source));
  }

  /**
   * @throws IllegalArgumentException when they are missing or others
   */
  <T> T facts(String format, Class<T> type) {
    String found = require(content.metadata(), "format");
    if (!found.equals(format)) {
      throw new IllegalArgumentException("format: " + found + " (expected: " + format + ")");
    }
    return TrainingJson.read(require(content.metadata(), "state"), type);
  }

  /**
   * @throws IllegalArgumentException when there is none of this name
   */
  float[] array(String name) {
    return require(content.tensors(), name).values();
  }

  OptimizerState optimizer(long steps) {
    return new OptimizerState(array(MEAN), array(SQUARE), array(MOMENTUM), steps);
  }

  private static WeightTensor flat(float[] values) {
    return new WeightTensor(new long[] {values.length}, values);
  }

  private static <T> T require(Map<String, T> map, String name) {
    T value = map.get(name);
    if (value == null) {
      throw new IllegalArgumentException(name + ": missing (expected: a checkpoint)");
    }
    return value;
  }
}
