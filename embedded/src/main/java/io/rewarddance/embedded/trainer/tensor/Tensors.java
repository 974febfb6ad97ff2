package io.rewarddance.embedded.trainer.tensor;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/** Copies between arrays and tensors. */
public final class Tensors {
  private Tensors() {}

  /** A new FP32 tensor with these values in row-major order. */
  public static Tensor of(float[] values, long... shape) {
    Tensor tensor = torch.zeros(shape, new TensorOptions(torch.ScalarType.Float));
    requireSize(tensor, values.length);
    write(tensor, values, 0);
    return tensor;
  }

  /** A new FP64 tensor with these values in row-major order. */
  public static Tensor of(double[] values, long... shape) {
    Tensor tensor = torch.zeros(shape, new TensorOptions(torch.ScalarType.Double));
    requireSize(tensor, values.length);
    tensor.data_ptr_double().put(values, 0, values.length);
    return tensor;
  }

  /** A new INT64 tensor with these values in row-major order. */
  public static Tensor of(long[] values, long... shape) {
    Tensor tensor = torch.zeros(shape, new TensorOptions(torch.ScalarType.Long));
    requireSize(tensor, values.length);
    tensor.data_ptr_long().put(values, 0, values.length);
    return tensor;
  }

  /** A new UINT8 tensor with these values in row-major order. */
  public static Tensor of(byte[] values, long... shape) {
    Tensor tensor = torch.zeros(shape, new TensorOptions(torch.ScalarType.Byte));
    requireSize(tensor, values.length);
    tensor.data_ptr_byte().put(values, 0, values.length);
    return tensor;
  }

  /** Overwrites a contiguous FP32 tensor from {@code values[offset...]}. */
  public static void write(Tensor tensor, float[] values, int offset) {
    FloatPointer memory = tensor.data_ptr_float();
    memory.put(values, offset, Math.toIntExact(tensor.numel()));
  }

  /** Copies a tensor's values, as FP32 in row-major order, to {@code values[offset...]}. */
  public static void read(Tensor tensor, float[] values, int offset) {
    Tensor plain = tensor.detach().to(torch.ScalarType.Float).contiguous();
    plain.data_ptr_float().get(values, offset, Math.toIntExact(plain.numel()));
  }

  /** A tensor's values as doubles in row-major order. */
  public static double[] doubles(Tensor tensor) {
    Tensor plain = tensor.detach().to(torch.ScalarType.Double).contiguous();
    double[] values = new double[Math.toIntExact(plain.numel())];
    plain.data_ptr_double().get(values);
    return values;
  }

  private static void requireSize(Tensor tensor, int values) {
    if (tensor.numel() != values) {
      throw new IllegalArgumentException(
          "values: " + values + " (expected: " + tensor.numel() + ", as many as the shape has)");
    }
  }
}
