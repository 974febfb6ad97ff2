package io.rewarddance.driver.search;

import io.rewarddance.driver.evaluate.Gold;
import io.rewarddance.driver.failure.Outcome;
import io.rewarddance.driver.generate.Arrival;
import io.rewarddance.rollout.YesProbability;
import java.util.Optional;

/** What a shoot came to: drawn, judged, and measured; the answer is failed when the drawing is. */
record Seen(
    Growing.Shoot shoot,
    Outcome<Arrival> arrival,
    Outcome<YesProbability> answer,
    Optional<Gold> gold) {
  Node node(int id, int round, Fate fate) {
    return new Node(
        id,
        shoot.parent(),
        round,
        shoot.leg(),
        arrival.value().map(Arrival::sigma),
        shoot.seed(),
        arrival.value().map(Arrival::sample),
        answer,
        gold,
        fate);
  }
}
