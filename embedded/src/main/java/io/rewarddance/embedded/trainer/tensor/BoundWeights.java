package io.rewarddance.embedded.trainer.tensor;

import io.rewarddance.embedded.trainer.tensor.ParameterLayout.Parameter;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * One set of weights in libtorch's memory, made once and overwritten for each step. Several threads
 * may read it at a time; nobody reads while it is overwritten.
 */
public final class BoundWeights implements AutoCloseable {
  private final ParameterLayout layout;
  private final Tensor[] tensors;

  /**
   * @param trained whether gradients by these weights will be asked for
   */
  public BoundWeights(ParameterLayout layout, float[] flat, boolean trained) {
    this.layout = layout;
    this.tensors =
        Scopes.scoped(
            () -> layout.parameters().stream().map(p -> make(p, trained)).toArray(Tensor[]::new));
    load(flat);
  }

  /** Overwrites the weights. */
  public void load(float[] flat) {
    Scopes.scoped(
        () -> {
          for (int i = 0; i < tensors.length; i++) {
            Tensors.write(tensors[i], flat, layout.parameters().get(i).offset());
          }
          return null;
        });
  }

  /** The tensors in the layout's order; not copied. */
  public Tensor[] tensors() {
    return tensors;
  }

  /** Gradient of a scalar by all weights, [layout.size()]; frees the graph. */
  public float[] gradient(Tensor scalar) {
    TensorVector gradients = torch.grad(new TensorVector(scalar), new TensorVector(tensors));
    float[] flat = new float[layout.size()];
    for (int i = 0; i < tensors.length; i++) {
      Parameter parameter = layout.parameters().get(i);
      Tensors.read(gradients.get(i), flat, parameter.offset());
    }
    return flat;
  }

  private static Tensor make(Parameter parameter, boolean trained) {
    Tensor tensor = torch.zeros(parameter.shape(), new TensorOptions(torch.ScalarType.Float));
    tensor.requires_grad_(trained);
    return tensor.retainReference();
  }

  @Override
  public void close() {
    for (Tensor tensor : tensors) {
      tensor.releaseReference();
    }
  }
}
