package io.rewarddance.metrics.reward;

import io.rewarddance.rollout.Image;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Equal images inside groups: the sampler's noise no longer matters. */
public final class Duplicates {
  private Duplicates() {}

  /**
   * Share of images whose pixels equal those of another image of their group, by sha-256; 0 for no
   * images.
   */
  public static double share(List<List<Image>> groups) {
    long images = 0;
    long equal = 0;
    for (List<Image> group : groups) {
      Map<String, Integer> counts = new HashMap<>();
      for (Image image : group) {
        counts.merge(image.height() + "x" + image.width() + image.sha256(), 1, Integer::sum);
      }
      images += group.size();
      equal += counts.values().stream().filter(count -> count > 1).mapToInt(c -> c).sum();
    }
    return images == 0 ? 0 : (double) equal / images;
  }
}
