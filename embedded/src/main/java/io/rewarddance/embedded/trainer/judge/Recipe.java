package io.rewarddance.embedded.trainer.judge;

import java.util.Arrays;
import java.util.stream.Collectors;

/** What a judge is asked, and what its answer is trained towards. */
public enum Recipe {
  /** Is the image better than the reference? Next-token cross-entropy. */
  PAIRWISE_GENERATIVE("pairwise-generative", "pairwise"),
  /** Is the image good? Bradley-Terry on the answers for both images, plus a cross-entropy. */
  POINTWISE_GENERATIVE("pointwise-generative", "pointwise"),
  /** How good is the image? Bradley-Terry on the score. */
  POINTWISE_REGRESSIVE("pointwise-regressive", "regressive");

  private final String wireName;
  private final String question;

  Recipe(String wireName, String question) {
    this.wireName = wireName;
    this.question = question;
  }

  /** File of the trace that answers. */
  public String trace() {
    return question + ".pt";
  }

  /** File of the trace that goes on after its answer. */
  public String talkingTrace() {
    return question + "_reasons.pt";
  }

  /** Whether the judge sees a reference beside the image. */
  public boolean comparesImages() {
    return this == PAIRWISE_GENERATIVE;
  }

  /** Whether the answer is a word that cross-entropy can ask for. */
  public boolean speaks() {
    return this != POINTWISE_REGRESSIVE;
  }

  @Override
  public String toString() {
    return wireName;
  }

  /**
   * @throws IllegalArgumentException when there is none of this name
   */
  public static Recipe of(String name) {
    return Arrays.stream(values())
        .filter(recipe -> recipe.wireName.equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "recipe: "
                        + name
                        + " (expected: "
                        + Arrays.stream(values())
                            .map(Recipe::toString)
                            .collect(Collectors.joining(", "))
                        + ")"));
  }
}
