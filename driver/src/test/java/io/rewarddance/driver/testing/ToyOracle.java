package io.rewarddance.driver.testing;

import io.rewarddance.driver.evaluate.Oracle;
import io.rewarddance.driver.model.Contracts;
import io.rewarddance.driver.model.Inference;
import io.rewarddance.driver.triton.InferAnswer;
import io.rewarddance.driver.triton.InferCall;
import io.rewarddance.proto.tensor.Tensor;
import io.rewarddance.proto.tensor.Tensors;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * An oracle of the first pixel: strict when red is above 127, graded by red, {@code fit} by green,
 * and one of three labels by blue.
 */
public final class ToyOracle implements Inference {
  private final UnaryOperator<List<Tensor>> spoil;

  /**
   * @param spoil what becomes of its outputs
   */
  public ToyOracle(UnaryOperator<List<Tensor>> spoil) {
    this.spoil = spoil;
  }

  public static Oracle sound() {
    return new ToyOracle(outputs -> outputs).oracle();
  }

  public Oracle oracle() {
    return new Oracle(DescribedModels.of(Contracts.ORACLE, "oracle", 8), this);
  }

  public static double graded(byte[] rgb) {
    return (float) ((rgb[0] & 0xff) / 255.0);
  }

  public static double fit(byte[] rgb) {
    return (float) ((rgb[1] & 0xff) / 255.0);
  }

  public static int label(byte[] rgb) {
    return (rgb[2] & 0xff) % 3;
  }

  @Override
  public CompletableFuture<InferAnswer> infer(InferCall call) {
    Tensor images =
        call.inputs().stream().filter(i -> i.name().equals("image")).findFirst().orElseThrow();
    int rows = (int) images.dimension(0);
    float[] strict = new float[rows];
    float[] graded = new float[rows];
    float[] fit = new float[rows];
    int[] label = new int[rows];
    for (int row = 0; row < rows; row++) {
      byte[] rgb = images.rows(row, row + 1).int8s();
      strict[row] = (rgb[0] & 0xff) > 127 ? 1 : 0;
      graded[row] = (float) graded(rgb);
      fit[row] = (float) fit(rgb);
      label[row] = label(rgb);
    }
    long[] shape = {rows, 1};
    List<Tensor> outputs =
        spoil.apply(
            List.of(
                Tensors.ofFp32("strict", shape, strict),
                Tensors.ofFp32("graded", shape, graded),
                Tensors.ofFp32("fit", shape, fit),
                Tensors.ofInt32("diversity_label", shape, label)));
    Map<String, Tensor> byName = outputs.stream().collect(Collectors.toMap(Tensor::name, o -> o));
    return CompletableFuture.completedFuture(new InferAnswer("toy:3", 1, byName));
  }
}
