package io.rewarddance.embedded.model.judge;

/** The two answers, and how one is read from log-probabilities over the full vocabulary. */
record YesNo(AnswerWords yes, AnswerWords no) {
  /** Whether a word is a surface form of either answer. */
  boolean decides(int word) {
    return yes.ids().contains(word) || no.ids().contains(word);
  }

  /** The first surface form of the likelier answer. */
  int word(JudgeRow row) {
    return (row.yesLogProb() >= row.noLogProb() ? yes : no).ids().get(0);
  }

  /** Answers a row by the log-probabilities where it decides. */
  void decide(JudgeRow row, float[] logProbs) {
    row.answer(yes.logProb(logProbs), no.logProb(logProbs));
    if (row.needsGradient()) {
      row.gradientOfLogYes(AnswerWords.gradientOfLogYes(yes, no, logProbs));
    }
  }
}
