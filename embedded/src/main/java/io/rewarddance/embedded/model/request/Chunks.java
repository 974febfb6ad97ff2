package io.rewarddance.embedded.model.request;

import java.util.ArrayList;
import java.util.List;

/** Cuts work into pieces of one size; the last may be smaller. */
public final class Chunks {
  private Chunks() {}

  public static <T> List<List<T>> of(List<T> items, int size) {
    List<List<T>> chunks = new ArrayList<>();
    for (int from = 0; from < items.size(); from += size) {
      chunks.add(items.subList(from, Math.min(from + size, items.size())));
    }
    return chunks;
  }
}
