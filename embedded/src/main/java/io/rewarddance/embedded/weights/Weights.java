package io.rewarddance.embedded.weights;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A model's parameters in ascending order of their names, with the file's free metadata.
 *
 * @param metadata kept as it was read, so that rewriting a file keeps its header
 */
public record Weights(SortedMap<String, WeightTensor> tensors, SortedMap<String, String> metadata) {
  public Weights {
    tensors = Collections.unmodifiableSortedMap(new TreeMap<>(tensors));
    metadata = Collections.unmodifiableSortedMap(new TreeMap<>(metadata));
    if (tensors.containsKey(SafeTensorsHeader.METADATA)) {
      throw new IllegalArgumentException(
          "name: "
              + SafeTensorsHeader.METADATA
              + " (expected: a parameter's name, this one is taken)");
    }
  }

  /** The same names and metadata with other tensors, such as those an update made. */
  public Weights with(Map<String, WeightTensor> changed) {
    if (!changed.keySet().equals(tensors.keySet())) {
      throw new IllegalArgumentException(
          "names: " + changed.keySet() + " (expected: " + tensors.keySet() + ")");
    }
    return new Weights(new TreeMap<>(changed), metadata);
  }

  public long parameters() {
    return tensors.values().stream().mapToLong(tensor -> tensor.values().length).sum();
  }

  /** The first tensor, by name, that has a NaN or an infinity. */
  public Optional<String> firstNonFinite() {
    return tensors.entrySet().stream()
        .filter(entry -> !isFinite(entry.getValue().values()))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private static boolean isFinite(float[] values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }
}
