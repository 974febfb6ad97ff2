package io.rewarddance.driver.reference;

import io.rewarddance.rollout.Pixels;
import io.rewarddance.rollout.PolicyRef;
import io.rewarddance.rollout.Prompt;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * References by prompt, policy and judge. Those of a policy that was replaced are let go of, since
 * it never samples again. References follow from their key alone, so a run that finds none here
 * makes the same again.
 */
public final class ReferenceCache {
  /** The references of one judge that a policy made. */
  private record Shelf(PolicyRef policy, References references) {}

  private final Map<String, Shelf> shelves = new TreeMap<>();

  /**
   * References of all these prompts.
   *
   * @param make called with the prompts that have none, each once; not at all when all have some
   */
  public References of(
      String judge,
      PolicyRef policy,
      List<Prompt> prompts,
      Function<List<Prompt>, References> make) {
    Shelf shelf = shelves.get(judge);
    References known =
        shelf != null && shelf.policy().equals(policy) ? shelf.references() : References.NONE;
    List<Prompt> missing = missing(known, prompts);
    References all = missing.isEmpty() ? known : known.and(make.apply(missing));
    shelves.put(judge, new Shelf(policy, all));
    return all;
  }

  private static List<Prompt> missing(References known, List<Prompt> prompts) {
    SortedMap<String, List<Pixels>> images = known.images();
    List<Prompt> missing = new ArrayList<>();
    for (Prompt prompt : prompts) {
      boolean listed = missing.stream().anyMatch(other -> other.text().equals(prompt.text()));
      if (!images.containsKey(prompt.text()) && !listed) {
        missing.add(prompt);
      }
    }
    return missing;
  }
}
