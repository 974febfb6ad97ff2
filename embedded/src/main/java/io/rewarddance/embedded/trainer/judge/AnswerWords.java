package io.rewarddance.embedded.trainer.judge;

import io.rewarddance.embedded.text.Vocabulary;
import io.rewarddance.embedded.trainer.model.ModelFiles;
import io.rewarddance.embedded.trainer.tensor.Tensors;
import java.io.IOException;
import java.util.Arrays;
import java.util.OptionalInt;
import org.bytedeco.pytorch.Tensor;

/**
 * The words by which a judge decides.
 *
 * @param yes ids of all surface forms of yes; the first is the one that is fed back
 * @param no the same of no
 * @param end id of the word that ends a reason, where the vocabulary has one
 */
public record AnswerWords(long[] yes, long[] no, OptionalInt end) {
  private static final String END = "<end>";

  static AnswerWords read(ModelFiles files, Vocabulary vocabulary) throws IOException {
    return new AnswerWords(
        ids(files, "yes_tokens", vocabulary),
        ids(files, "no_tokens", vocabulary),
        vocabulary.id(END));
  }

  /** The word that says it. */
  long word(boolean decision) {
    return decision ? yes[0] : no[0];
  }

  /** Whether a word is a decision. */
  boolean decides(long word) {
    return Arrays.stream(yes).anyMatch(id -> id == word)
        || Arrays.stream(no).anyMatch(id -> id == word);
  }

  /** Log-probability of yes, [n], of log-probabilities [n, V]. */
  Tensor yes(Tensor logProbs) {
    return summed(logProbs, yes);
  }

  /** Log-probability of no, [n], of log-probabilities [n, V]. */
  Tensor no(Tensor logProbs) {
    return summed(logProbs, no);
  }

  private static Tensor summed(Tensor logProbs, long[] ids) {
    return logProbs.index_select(1, Tensors.of(ids, ids.length)).logsumexp(1);
  }

  private static long[] ids(ModelFiles files, String key, Vocabulary vocabulary)
      throws IOException {
    String words = files.text(key);
    long[] ids =
        Arrays.stream(words.split("\\s+"))
            .mapToLong(word -> vocabulary.id(word).orElse(-1))
            .toArray();
    if (ids.length == 0 || Arrays.stream(ids).anyMatch(id -> id < 0)) {
      throw files.unfit(key, "words of vocabulary.txt");
    }
    return ids;
  }
}
