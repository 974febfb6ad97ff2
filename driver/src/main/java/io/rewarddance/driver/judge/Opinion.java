package io.rewarddance.driver.judge;

import io.rewarddance.driver.failure.Outcome;
import io.rewarddance.rollout.YesProbability;
import java.util.List;
import java.util.Optional;

/**
 * All that a judge says of one image.
 *
 * @param forward about the image, against the reference if there is one
 * @param swapped about the reference against the image; empty without a reference
 */
public record Opinion(Outcome<Statement> forward, Optional<Outcome<Statement>> swapped) {
  /** Both orders as one answer for the image: what a judge prefers by place alone cancels. */
  public Outcome<YesProbability> combined() {
    Outcome<YesProbability> one = forward.map(Statement::answer);
    return swapped
        .map(other -> other.map(Statement::answer).map(Answers::swapped))
        .map(turned -> Answers.mean(List.of(one, turned)))
        .orElse(one);
  }
}
