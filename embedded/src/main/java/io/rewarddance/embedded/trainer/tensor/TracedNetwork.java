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

/** A TorchScript trace of {@code forward(x, sigma, tokens, *weights)}. */
public final class TracedNetwork implements Network, AutoCloseable {
  private static final int FIXED_INPUTS = 3;

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
    IValue[] inputs = new IValue[FIXED_INPUTS + weights.length];
    inputs[0] = new IValue(x);
    inputs[1] = new IValue(sigma);
    inputs[2] = new IValue(tokens);
    for (int i = 0; i < weights.length; i++) {
      inputs[FIXED_INPUTS + i] = new IValue(weights[i]);
    }
    return module.forward(new IValueVector(inputs)).toTensor();
  }

  @Override
  public void close() {
    module.releaseReference();
  }

  private static String firstLine(RuntimeException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }
}
