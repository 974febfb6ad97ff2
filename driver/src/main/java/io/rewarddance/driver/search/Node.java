package io.rewarddance.driver.search;

import io.rewarddance.driver.evaluate.Gold;
import io.rewarddance.driver.failure.Outcome;
import io.rewarddance.driver.generate.Leg;
import io.rewarddance.rollout.Pixels;
import io.rewarddance.rollout.YesProbability;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A candidate of a search: where a path was looked at.
 *
 * @param id its place in the tree; parents come before children
 * @param parent the candidate that it goes on from; empty = from noise
 * @param round that it was made in
 * @param leg that it came by
 * @param sigma noise level that it was looked at; empty when it couldn't be drawn
 * @param seed of the noise that was drawn on the way
 * @param image what the judge saw: the sample, or the clean guess of it; empty when it couldn't be
 *     drawn
 * @param answer the judge's, or why there is none
 * @param gold the oracle's word; never seen by the search
 */
public record Node(
    int id,
    OptionalInt parent,
    int round,
    Leg leg,
    Optional<Float> sigma,
    long seed,
    Optional<Pixels> image,
    Outcome<YesProbability> answer,
    Optional<Gold> gold,
    Fate fate) {
  /** P(yes); empty when it failed. */
  public Optional<Double> pYes() {
    return answer.value().map(YesProbability::probability);
  }

  Node withoutImage() {
    return new Node(id, parent, round, leg, sigma, seed, Optional.empty(), answer, gold, fate);
  }
}
