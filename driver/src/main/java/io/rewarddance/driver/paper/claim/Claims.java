package io.rewarddance.driver.paper.claim;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All claims, in the paper's order. */
public final class Claims {
  private Claims() {}

  public static List<Claim> on(Evidence evidence) {
    List<Claim> claims = new ArrayList<>(new Ladder(evidence).claims());
    claims.addAll(new Comparisons(evidence).claims());
    claims.addAll(new Hacking(evidence).claims());
    claims.add(generatorSize());
    return claims;
  }

  private static Claim generatorSize() {
    return new Claim(
        "generator-size",
        Optional.empty(),
        "figure 7",
        "Larger generators gain more from larger judges.",
        "none: there is one generator here, so nothing can be compared",
        new Ruling(
            Verdict.OUT_OF_REACH, Optional.empty(), 0, "the shapes world has a single generator"));
  }
}
