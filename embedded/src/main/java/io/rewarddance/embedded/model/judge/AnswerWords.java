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
    double greatest = Double.NEGATIVE_INFINITY;
    for (int id : ids) {
      greatest = Math.max(greatest, logProbs[id]);
    }
    if (Double.isInfinite(greatest) || Double.isNaN(greatest)) {
      return (float) greatest;
    }
    double sum = 0;
    for (int id : ids) {
      sum += StrictMath.exp(logProbs[id] - greatest);
    }
    return (float) (greatest + StrictMath.log(sum));
  }
}
