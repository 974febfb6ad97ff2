package io.rewarddance.driver.config;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * One judge: a model that is asked a yes/no question about each image.
 *
 * @param model Triton model
 * @param name name of the reward part; the model's name by default
 * @param weight weight in the reward; not 0
 * @param question about the image alone, or about the image against a reference
 * @param instruction text of the question; empty = the model's own
 * @param bothOrders pairwise: ask both orders and average
 * @param massFloor an answer whose yes + no probability is below this is a failure, not a number
 * @param reference pairwise: where references come from; empty exactly for pointwise
 * @param transform what of the answer becomes the reward
 */
public record JudgeConfig(
    String model,
    String name,
    double weight,
    Question question,
    String instruction,
    boolean bothOrders,
    double massFloor,
    Optional<Reference> reference,
    Transform transform) {
  public JudgeConfig {
    Check.notBlank("judges[].model", model);
    Check.that(
        name.matches("[A-Za-z0-9][A-Za-z0-9._-]*"),
        "judges[].name",
        "'" + name + "'",
        "letters, digits, '.', '_' or '-'");
    Check.that(
        weight != 0 && Double.isFinite(weight), "judges[].weight", weight, "finite and not 0");
    Check.within("judges[].mass_floor", massFloor, 0, 1);
    Check.that(
        reference.isPresent() == (question == Question.PAIRWISE),
        "judges[].reference",
        reference.isPresent() ? "present" : "absent",
        "present exactly when question is pairwise");
  }

  /** What is asked. */
  public enum Question {
    POINTWISE,
    PAIRWISE
  }

  /** What of P(yes) becomes the reward. */
  public enum Transform {
    PROBABILITY,
    LOG_ODDS
  }

  /**
   * @param kind how references are chosen
   * @param candidates images drawn for each prompt, at least {@code keep}
   * @param keep references kept for each prompt
   * @param rounds of a Swiss tournament that ranks the candidates; empty = every two are compared
   * @param refresh when they are chosen anew
   */
  public record Reference(
      Kind kind, int candidates, int keep, OptionalInt rounds, Refresh refresh) {
    public Reference {
      Check.atLeast("judges[].reference.keep", keep, 1);
      Check.atLeast("judges[].reference.rounds", rounds.orElse(1), 1);
      Check.that(
          candidates >= keep, "judges[].reference.candidates", candidates, ">= keep = " + keep);
    }

    /** The same from so many candidates, each compared with every other. */
    public Reference(Kind kind, int candidates, int keep, Refresh refresh) {
      this(kind, candidates, keep, OptionalInt.empty(), refresh);
    }

    /** How references are chosen. */
    public enum Kind {
      /** The judge compares all candidates of a prompt; those with most wins are kept. */
      BEST_OF_N,
      /** The same, and those with fewest wins are kept: what bad references cost. */
      BOTTOM_OF_N,
      /** {@code keep} images are drawn and none is compared; {@code candidates} plays no part. */
      RANDOM
    }

    /** When references are chosen anew. */
    public enum Refresh {
      /** Once, from the initial policy. */
      NEVER,
      /** By each policy that samples; kept as long as that policy is live. */
      POLICY
    }
  }
}
