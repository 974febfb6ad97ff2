package io.rewarddance.embedded.trainer.tensor;

import io.rewarddance.embedded.weights.WeightTensor;
import io.rewarddance.embedded.weights.Weights;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where each parameter lies in one flat array that holds all of them, in ascending order of names:
 * the order of the weights file and of the traced network's arguments.
 */
public final class ParameterLayout {
  /**
   * @param offset first element in the flat array
   */
  public record Parameter(String name, long[] shape, int offset, int size) {
    public int axes() {
      return shape.length;
    }
  }

  private final List<Parameter> parameters;
  private final int size;

  private ParameterLayout(List<Parameter> parameters, int size) {
    this.parameters = List.copyOf(parameters);
    this.size = size;
  }

  public static ParameterLayout of(Weights weights) {
    List<Parameter> parameters = new ArrayList<>();
    int offset = 0;
    for (Map.Entry<String, WeightTensor> entry : weights.tensors().entrySet()) {
      int size = entry.getValue().values().length;
      parameters.add(new Parameter(entry.getKey(), entry.getValue().shape(), offset, size));
      offset = Math.addExact(offset, size);
    }
    return new ParameterLayout(parameters, offset);
  }

  public List<Parameter> parameters() {
    return parameters;
  }

  /** Elements of all parameters together. */
  public int size() {
    return size;
  }

  /** All values in one array [size]. */
  public float[] flatten(Weights weights) {
    float[] flat = new float[size];
    for (Parameter parameter : parameters) {
      float[] values = weights.tensors().get(parameter.name()).values();
      System.arraycopy(values, 0, flat, parameter.offset(), parameter.size());
    }
    return flat;
  }

  /** The inverse of {@link #flatten}; the template gives the file's metadata. */
  public Weights unflatten(float[] flat, Weights template) {
    Map<String, WeightTensor> tensors = new LinkedHashMap<>();
    for (Parameter parameter : parameters) {
      float[] values = new float[parameter.size()];
      System.arraycopy(flat, parameter.offset(), values, 0, values.length);
      tensors.put(parameter.name(), new WeightTensor(parameter.shape(), values));
    }
    return template.with(tensors);
  }
}
