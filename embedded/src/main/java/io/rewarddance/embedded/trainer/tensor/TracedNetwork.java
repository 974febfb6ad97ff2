package io.rewarddance.embedded.trainer.tensor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.JitModule;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** A TorchScript trace of {@code forward(*inputs, *weights)}. */
public final class TracedNetwork implements Network, AutoCloseable {
  private final JitModule module;

  private TracedNetwork(JitModule module) {
    this.module = module;
  }

  /**
   * @throws IOException when the file is missing or is no TorchScript file
   */
  public static TracedNetwork read(Path file) throws IOException {
    NativeTorch.load();
    if (!Files.isRegularFile(file)) {
      throw new NoSuchFileException(file.toString(), null, "expected: a TorchScript trace");
    }
    try {
      return new TracedNetwork(
          Scopes.scoped(() -> torch.load(file.toString()).<JitModule>retainReference()));
    } catch (RuntimeException e) {
      throw new IOException(file + ": not readable as TorchScript: " + firstLine(e), e);
    }
  }

  @Override
  public Tensor velocity(Tensor x, Tensor sigma, Tensor tokens, Tensor[] weights) {
    return forward(new Tensor[] {x, sigma, tokens}, weights);
  }

  /**
   * The trace's output.
   *
   * @param inputs in the trace's order
   * @param weights in ascending order of their names
   */
  public Tensor forward(Tensor[] inputs, Tensor[] weights) {
    IValue[] arguments = new IValue[inputs.length + weights.length];
    for (int i = 0; i < inputs.length; i++) {
      arguments[i] = new IValue(inputs[i]);
    }
    for (int i = 0; i < weights.length; i++) {
      arguments[inputs.length + i] = new IValue(weights[i]);
    }
    return module.forward(new IValueVector(arguments)).toTensor();
  }

  @Override
  public void close() {
    module.releaseReference();
  }

  private static String firstLine(RuntimeException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }
}
