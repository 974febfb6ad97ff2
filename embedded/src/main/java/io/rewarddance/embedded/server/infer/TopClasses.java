package io.rewarddance.embedded.server.infer;

import io.rewarddance.embedded.server.RequestException;
import io.rewarddance.proto.tensor.DataType;
import io.rewarddance.proto.tensor.Tensor;
import io.rewarddance.proto.tensor.Tensors;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** The classification extension: the largest elements of an output as {@code value:index:label}. */
final class TopClasses {
  private TopClasses() {}

  /**
   * @param count how many a row
   * @param batched whether the first dimension counts rows
   * @param labels by index; fewer than there are elements is fine
   */
  static Tensor of(Tensor output, int count, boolean batched, List<String> labels) {
    int rows = batched ? (int) output.dimension(0) : 1;
    int size = rows == 0 ? 0 : output.elementCount() / rows;
    int kept = Math.min(count, size);
    Values values = values(output);
    List<String> texts = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      int start = row * size;
      IntStream.range(0, size)
          .boxed()
          .sorted(Comparator.comparingDouble(i -> -values.number.applyAsDouble(start + i)))
          .limit(kept)
          .forEach(i -> texts.add(values.text.apply(start + i) + ":" + i + label(labels, i)));
    }
    long[] shape = batched ? new long[] {rows, kept} : new long[] {kept};
    return Tensors.ofStrings(output.name(), shape, texts.toArray(String[]::new));
  }

  private static String label(List<String> labels, int index) {
    return index < labels.size() ? ":" + labels.get(index) : "";
  }

  private record Values(IntToDoubleFunction number, IntFunction<String> text) {
    static Values integers(IntFunction<Number> element) {
      return new Values(i -> element.apply(i).doubleValue(), i -> element.apply(i).toString());
    }

    static Values floats(IntToDoubleFunction element) {
      return new Values(element, i -> String.format(Locale.ROOT, "%f", element.applyAsDouble(i)));
    }
  }

  private static Values values(Tensor output) {
    DataType type = output.type();
    switch (type) {
      case FP32:
        float[] floats = output.floats();
        return Values.floats(i -> floats[i]);
      case FP64:
        double[] doubles = output.doubles();
        return Values.floats(i -> doubles[i]);
      case INT8:
        byte[] int8s = output.int8s();
        return Values.integers(i -> int8s[i]);
      case UINT8:
        byte[] uint8s = output.int8s();
        return Values.integers(i -> Byte.toUnsignedInt(uint8s[i]));
      case INT16:
        short[] int16s = output.int16s();
        return Values.integers(i -> int16s[i]);
      case UINT16:
        short[] uint16s = output.int16s();
        return Values.integers(i -> Short.toUnsignedInt(uint16s[i]));
      case INT32:
        int[] int32s = output.int32s();
        return Values.integers(i -> int32s[i]);
      case UINT32:
        int[] uint32s = output.int32s();
        return Values.integers(i -> Integer.toUnsignedLong(uint32s[i]));
      case INT64:
        long[] int64s = output.int64s();
        return Values.integers(i -> int64s[i]);
      case UINT64:
        long[] uint64s = output.int64s();
        return new Values(i -> unsigned(uint64s[i]), i -> Long.toUnsignedString(uint64s[i]));
      default:
        throw RequestException.invalid(
            "class result not available for output due to unsupported type '"
                + type.wireName()
                + "'");
    }
  }

  private static double unsigned(long value) {
    return value >= 0 ? value : value + 0x1p64;
  }
}
