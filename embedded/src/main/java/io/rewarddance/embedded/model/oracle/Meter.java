package io.rewarddance.embedded.model.oracle;

import io.rewarddance.proto.tensor.Tensor;
import java.util.List;
import java.util.Map;

/**
 * Measures a row's images, or videos, against what its prompt asks for. Thread-safe.
 *
 * @param <S> what a prompt asks for
 * @param <V> what is measured of a row
 */
interface Meter<S, V> {
  V measure(S spec, RowImages images);

  /**
   * The model's outputs by name.
   *
   * @param values one a row
   */
  Map<String, Tensor> outputs(List<V> values);
}
