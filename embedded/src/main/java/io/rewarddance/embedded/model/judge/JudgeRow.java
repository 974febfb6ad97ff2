package io.rewarddance.embedded.model.judge;

import io.rewarddance.embedded.model.request.RunQueue;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** One question and, in time, its answer. Used by one thread at a time. */
final class JudgeRow implements RunQueue.Row {
  static final String IMAGE_GRADIENT = "image_gradient";

  private final String prompt;
  private final long[] tokens;
  private final ByteBuffer image;
  private final Optional<ByteBuffer> reference;
  private final boolean wantsGradient;
  private final Reason reason;
  private final BooleanSupplier cancelled;
  private boolean answered;
  private float yesLogProb;
  private float noLogProb;
  private float[] gradientOfLogYes;
  private float[] imageGradient;
  private String failure;

  /**
   * @param image pixels [H,W,3]
   * @param reference of the same shape, for a comparison
   * @param wantsGradient whether the gradient by the image is asked for
   * @param reason to be filled
   */
  JudgeRow(
      String prompt,
      long[] tokens,
      ByteBuffer image,
      Optional<ByteBuffer> reference,
      boolean wantsGradient,
      Reason reason,
      BooleanSupplier cancelled) {
    this.prompt = prompt;
    this.tokens = tokens;
    this.image = image;
    this.reference = reference;
    this.wantsGradient = wantsGradient;
    this.reason = reason;
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

  @Override
  public boolean needsRun() {
    return !answered && failure == null && !cancelled.getAsBoolean();
  }

  /** A probability of 0 is an answer, NaN and infinite ones are not. */
  void answer(float yes, float no) {
    if (!(yes < Float.POSITIVE_INFINITY && no < Float.POSITIVE_INFINITY)) {
      fail("log_probs: not finite for prompt \"" + prompt + "\" (expected: log-probabilities)");
    }
    answered = true;
    yesLogProb = yes;
    noLogProb = no;
  }

  /** Whether the answer's gradient by the image is asked for and can be given. */
  boolean needsGradient() {
    return wantsGradient && answered && failure == null;
  }

  /** Keeps the gradient of log P(yes) by the log-probabilities, [words]. */
  void gradientOfLogYes(float[] gradient) {
    gradientOfLogYes = gradient;
  }

  float[] gradientOfLogYes() {
    return gradientOfLogYes;
  }

  /** Reads this row's gradient by the image, [H W 3], from where the rows before ended. */
  void takeImageGradient(FloatBuffer gradients) {
    imageGradient = new float[image.remaining()];
    gradients.get(imageGradient);
    for (float value : imageGradient) {
      if (!Float.isFinite(value)) {
        fail(IMAGE_GRADIENT + ": not finite for prompt \"" + prompt + "\" (expected: finite)");
        return;
      }
    }
  }

  float[] imageGradient() {
    return imageGradient;
  }

  Reason reason() {
    return reason;
  }

  /** Whether the reason that is asked for after the decision goes on. */
  boolean needsWord() {
    return failure == null && reason.goesOn();
  }

  /**
   * @param word the likeliest next word, -1 when there is none
   * @param end the word that ends the reason, -1 when none does
   */
  void say(int word, int end) {
    if (word < 0) {
      fail("reason: not finite for prompt \"" + prompt + "\" (expected: log-probabilities)");
    } else {
      reason.say(word, end);
    }
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
