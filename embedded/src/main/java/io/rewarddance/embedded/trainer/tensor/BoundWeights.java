package io.rewarddance.embedded.trainer.tensor;

import io.rewarddance.embedded.trainer.tensor.ParameterLayout.Parameter;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.BoolOptional;
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

  /**
   * Gradient of a scalar by all weights, [layout.size()], 0 for those that it doesn't depend on;
   * frees the graph.
   */
  public float[] gradient(Tensor scalar) {
    TensorVector gradients = gradients(scalar);
    float[] flat = new float[layout.size()];
    for (int i = 0; i < tensors.length; i++) {
      if (gradients.get(i).defined()) {
        Tensors.read(gradients.get(i), flat, layout.parameters().get(i).offset());
      }
    }
    return flat;
  }

  /** Parameters that a scalar depends on; frees the graph. */
  public List<Parameter> reachedBy(Tensor scalar) {
    TensorVector gradients = gradients(scalar);
    List<Parameter> reached = new ArrayList<>();
    for (int i = 0; i < tensors.length; i++) {
      if (gradients.get(i).defined()) {
        reached.add(layout.parameters().get(i));
      }
    }
    return reached;
  }

  private TensorVector gradients(Tensor scalar) {
    boolean allowUnused = true;
    return torch.grad(
        new TensorVector(scalar),
        new TensorVector(tensors),
        new TensorVector(),
        new BoolOptional(),
        false,
        allowUnused);
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
