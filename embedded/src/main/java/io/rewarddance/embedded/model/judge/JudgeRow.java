package io.rewarddance.embedded.model.judge;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** One question and, in time, its answer. Used by one thread at a time. */
final class JudgeRow {
  private final String prompt;
  private final long[] tokens;
  private final ByteBuffer image;
  private final Optional<ByteBuffer> reference;
  private final BooleanSupplier cancelled;
  private float yesLogProb;
  private float noLogProb;
  private String failure;

  /**
   * @param image pixels [H,W,3]
   * @param reference of the same shape, for a comparison
   */
  JudgeRow(
      String prompt,
      long[] tokens,
      ByteBuffer image,
      Optional<ByteBuffer> reference,
      BooleanSupplier cancelled) {
    this.prompt = prompt;
    this.tokens = tokens;
    this.image = image;
    this.reference = reference;
    this.cancelled = cancelled;
  }

  long[] tokens() {
    return tokens;
  }

  ByteBuffer image() {
    return image.duplicate();
  }

  boolean isComparison() {
    return reference.isPresent();
  }

  ByteBuffer reference() {
    return reference.orElseThrow().duplicate();
  }

  boolean isCancelled() {
    return cancelled.getAsBoolean();
  }

  /** A probability of 0 is an answer, NaN and infinite ones are not. */
  void answer(float yes, float no) {
    if (!(yes < Float.POSITIVE_INFINITY && no < Float.POSITIVE_INFINITY)) {
      fail("log_probs: not finite for prompt \"" + prompt + "\" (expected: log-probabilities)");
    }
    yesLogProb = yes;
    noLogProb = no;
  }

  void fail(String text) {
    failure = text;
  }

  Optional<String> failure() {
    return Optional.ofNullable(failure);
  }

  float yesLogProb() {
    return yesLogProb;
  }

  float noLogProb() {
    return noLogProb;
  }
}
