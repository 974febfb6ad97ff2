package io.rewarddance.metrics.reward;

import io.rewarddance.rollout.Pixels;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Equal images or videos inside groups: the sampler's noise no longer matters. */
public final class Duplicates {
  private Duplicates() {}

  /**
   * Share of samples whose pixels equal those of another of their group, by sha-256; 0 for none.
   */
  public static double share(List<List<Pixels>> groups) {
    long samples = 0;
    long equal = 0;
    for (List<Pixels> group : groups) {
      Map<String, Integer> counts = new HashMap<>();
      for (Pixels sample : group) {
        counts.merge(sample.shape() + sample.sha256(), 1, Integer::sum);
      }
      samples += group.size();
      equal += counts.values().stream().filter(count -> count > 1).mapToInt(c -> c).sum();
    }
    return samples == 0 ? 0 : (double) equal / samples;
  }
}
