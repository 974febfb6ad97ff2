package io.rewarddance.rollout;

/**
 * A scored rollout with its advantage.
 *
 * @param advantage relative to its group; finite
 * @param trained whether the update uses it; the others are kept for the record
 */
public record AdvantagedRollout(ScoredRollout scored, double advantage, boolean trained) {
  public AdvantagedRollout {
    Check.present(scored, "scored");
    Check.finite(advantage, "advantage");
  }

  public RolloutId id() {
    return scored.id();
  }
}
