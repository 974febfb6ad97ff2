package io.rewarddance.embedded.trainer.judge;

import io.rewarddance.embedded.trainer.tensor.TracedNetwork;
import java.io.IOException;

/** The traces of a base that a plan needs, open until they are closed. */
final class JudgeTraces implements AutoCloseable {
  /** Answer tokens that traces which go on after their answer are made for: T. */
  static final int ANSWER_TOKENS = 4;

  private final JudgePlan plan;
  private final AnswerWords words;
  private final TracedNetwork plain;
  private final TracedNetwork talking;

  private JudgeTraces(
      JudgePlan plan, AnswerWords words, TracedNetwork plain, TracedNetwork talking) {
    this.plan = plan;
    this.words = words;
    this.plain = plain;
    this.talking = talking;
  }

  /**
   * @throws BadPreferencesException naming the trace that the base lacks
   * @throws IOException when one isn't readable
   */
  static JudgeTraces open(JudgePlan plan, JudgeBase base) throws IOException {
    String need = "recipe " + plan.recipe();
    // A judge that gives its reason first is never asked at once.
    TracedNetwork plain =
        plan.reasons() == Reasons.REASONS_FIRST
            ? null
            : TracedNetwork.read(base.trace(plan.recipe().trace(), need));
    try {
      String more = need + " with reasons";
      TracedNetwork talking =
          plan.reasons() == Reasons.NONE
              ? null
              : TracedNetwork.read(base.trace(plan.recipe().talkingTrace(), more));
      return new JudgeTraces(plan, base.words(), plain, talking);
    } catch (IOException | RuntimeException e) {
      close(plain);
      throw e;
    }
  }

  JudgeLoss loss() {
    Reading reading =
        talking == null
            ? Reading.atOnce(plain::forward)
            : new TaughtReading(talking::forward, plan.reasons(), words, ANSWER_TOKENS);
    return plan.loss(reading, words);
  }

  Verdict verdict() {
    Reading reading =
        plan.reasons() == Reasons.REASONS_FIRST
            ? new FreeReading(talking::forward, words, ANSWER_TOKENS)
            : Reading.atOnce(plain::forward);
    return plan.verdict(reading, words);
  }

  /** Words that a reason may have; 0 when reasons are left out. */
  int mostWords() {
    return plan.reasons() == Reasons.NONE ? 0 : ANSWER_TOKENS;
  }

  @Override
  public void close() {
    close(plain);
    close(talking);
  }

  private static void close(TracedNetwork network) {
    if (network != null) {
      network.close();
    }
  }
}
