package io.rewarddance.embedded.model.judge;

import io.rewarddance.embedded.model.ModelLoadException;
import io.rewarddance.embedded.model.request.ModelParameters;
import io.rewarddance.embedded.text.Vocabulary;
import java.util.List;

/** The surface forms of an answer, by their ids. */
record AnswerWords(List<Integer> ids) {
  /** The words that a parameter lists. */
  static AnswerWords of(String parameter, ModelParameters parameters, Vocabulary vocabulary)
      throws ModelLoadException {
    List<String> words = parameters.words(parameter);
    for (String word : words) {
      if (vocabulary.id(word).orElse(0) == 0) {
        throw new ModelLoadException(
            "parameter '%s': unknown word \"%s\" (expected: words of the vocabulary)"
                .formatted(parameter, word));
      }
    }
    return new AnswerWords(
        words.stream().map(word -> vocabulary.id(word).getAsInt()).distinct().toList());
  }

  /**
   * Log of the summed probability of all forms.
   *
   * @param logProbs over the full vocabulary
   */
  float logProb(float[] logProbs) {
    return (float) logSum(logProbs);
  }

  /**
   * Gradient of log(yes / (yes + no)) by the log-probabilities: (1 - P) times the share of each
   * form in its own answer, positive for forms of yes, negative for those of no.
   *
   * @param logProbs over the full vocabulary
   * @return [vocabulary]; holds NaN when neither answer is possible
   */
  static float[] gradientOfLogYes(AnswerWords yes, AnswerWords no, float[] logProbs) {
    double yesSum = yes.logSum(logProbs);
    double noSum = no.logSum(logProbs);
    double rest = 1 / (1 + StrictMath.exp(yesSum - noSum));
    float[] gradient = new float[logProbs.length];
    yes.addShares(gradient, logProbs, yesSum, rest);
    no.addShares(gradient, logProbs, noSum, -rest);
    return gradient;
  }

  private void addShares(float[] gradient, float[] logProbs, double sum, double factor) {
    for (int id : ids) {
      gradient[id] += (float) (factor * StrictMath.exp(logProbs[id] - sum));
    }
  }

  private double logSum(float[] logProbs) {
    double greatest = Double.NEGATIVE_INFINITY;
    for (int id : ids) {
      greatest = Math.max(greatest, logProbs[id]);
    }
    if (Double.isInfinite(greatest) || Double.isNaN(greatest)) {
      return greatest;
    }
    double sum = 0;
    for (int id : ids) {
      sum += StrictMath.exp(logProbs[id] - greatest);
    }
    return greatest + StrictMath.log(sum);
  }
}
