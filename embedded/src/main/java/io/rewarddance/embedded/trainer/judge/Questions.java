package io.rewarddance.embedded.trainer.judge;

import io.rewarddance.embedded.trainer.tensor.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** Questions that are put to a judge at once, and the answers that are right. */
final class Questions {
  private static final int NONE = -1;

  private final Pairs pairs;
  private final PixelNoise noise;
  private final List<Question> asked = new ArrayList<>();

  /**
   * @param reference row of an image, or {@link #NONE}
   * @param image row of an image
   * @param yes the right answer
   * @param number of the question in its minibatch, which its noise is drawn by
   */
  private record Question(int pair, int reference, int image, boolean yes, int number) {}

  Questions(Pairs pairs, PixelNoise noise) {
    this.pairs = pairs;
    this.noise = noise;
  }

  /** Is this image of a pair good? */
  void ask(int pair, int image, boolean yes, int number) {
    asked.add(new Question(pair, NONE, image, yes, number));
  }

  /** Is this image of a pair better than the reference? */
  void compare(int pair, int reference, int image, boolean yes, int number) {
    asked.add(new Question(pair, reference, image, yes, number));
  }

  /** n. */
  int size() {
    return asked.size();
  }

  /** Is this image of a pair better than the one that the annotator saw beside the two? */
  void compareWithSeen(int pair, int image, boolean yes, int number) {
    compare(pair, pairs.pair(pair).seenBeside().orElseThrow(), image, yes, number);
  }

  boolean yes(int question) {
    return asked.get(question).yes();
  }

  /** Words of the reason of a question's pair. */
  long[] reason(int question) {
    return pairs.reason(asked.get(question).pair());
  }

  /** Reference (if they have one) and image [n, height, width, 3], tokens [n, words]. */
  Tensor[] inputs() {
    Tensor images = pictures(asked.stream().mapToInt(Question::image).toArray(), 0);
    Tensor tokens = tokens();
    if (asked.get(0).reference() == NONE) {
      return new Tensor[] {images, tokens};
    }
    int[] references = asked.stream().mapToInt(Question::reference).toArray();
    return new Tensor[] {pictures(references, 1), images, tokens};
  }

  /** The inputs with answers [n, T]. */
  Tensor[] inputs(long[][] answers) {
    Tensor[] plain = inputs();
    Tensor[] all = Arrays.copyOf(plain, plain.length + 1);
    all[plain.length] = matrix(answers);
    return all;
  }

  /** 1 where the right answer is yes, [n]. */
  Tensor targets() {
    double[] targets = new double[size()];
    for (int q = 0; q < targets.length; q++) {
      targets[q] = yes(q) ? 1 : 0;
    }
    return Tensors.of(targets, targets.length);
  }

  private Tensor pictures(int[] rows, int role) {
    int bytes = pairs.imageBytes();
    byte[] pixels = new byte[Math.multiplyExact(rows.length, bytes)];
    for (int q = 0; q < rows.length; q++) {
      noise.write(pairs.image(rows[q]), 2 * asked.get(q).number() + role, pixels, q * bytes);
    }
    return Tensors.of(pixels, rows.length, pairs.height(), pairs.width(), 3);
  }

  private Tensor tokens() {
    return matrix(asked.stream().map(q -> pairs.tokens(q.pair())).toArray(long[][]::new));
  }

  private static Tensor matrix(long[][] rows) {
    long[] flat = Arrays.stream(rows).flatMapToLong(Arrays::stream).toArray();
    return Tensors.of(flat, rows.length, rows[0].length);
  }
}
