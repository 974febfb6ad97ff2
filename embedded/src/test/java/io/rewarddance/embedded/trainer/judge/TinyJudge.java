package io.rewarddance.embedded.trainer.judge;

import io.rewarddance.embedded.trainer.tensor.Tensors;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.Random;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * A judge of images of 1x2 pixels and six words, in double, once in libtorch and once by hand:
 * log-softmax of pixels W + tanh(pixels W) t + sum of U over the words said before.
 */
final class TinyJudge {
  static final int VOCABULARY = 6;
  static final int ANSWER_TOKENS = 2;
  static final int PIXELS = 6;
  static final int PAD = 0;
  static final int YES = 1;
  static final int NO = 2;
  static final int SHAPE = 3;
  static final int COLOUR = 4;
  static final int END = 5;
  static final AnswerWords WORDS =
      new AnswerWords(new long[] {YES}, new long[] {NO}, OptionalInt.of(END));

  private static final int W = 2 * PIXELS * VOCABULARY;
  private static final int T = VOCABULARY;
  static final int WEIGHTS = W + T + VOCABULARY * VOCABULARY;

  private TinyJudge() {}

  static double[] weights(int seed) {
    return new Random(seed).doubles(WEIGHTS, -0.7, 0.7).toArray();
  }

  static Tensor[] tensors(double[] weights) {
    Tensor[] tensors = {
      Tensors.of(Arrays.copyOfRange(weights, 0, W), 2 * PIXELS, VOCABULARY),
      Tensors.of(Arrays.copyOfRange(weights, W, W + T), 1, VOCABULARY),
      Tensors.of(Arrays.copyOfRange(weights, W + T, WEIGHTS), VOCABULARY, VOCABULARY)
    };
    for (Tensor tensor : tensors) {
      tensor.requires_grad_(true);
    }
    return tensors;
  }

  /** One or two images and tokens -> [n, V]. */
  static JudgeNetwork network() {
    return (inputs, weights) -> logits(inputs, inputs.length - 1, weights).log_softmax(1);
  }

  /** One or two images, tokens and answers [n, T] -> [n, T + 1, V]. */
  static JudgeNetwork talking() {
    return (inputs, weights) -> {
      Tensor logits = logits(inputs, inputs.length - 2, weights);
      Tensor answer = inputs[inputs.length - 1];
      Tensor[] places = new Tensor[ANSWER_TOKENS + 1];
      places[0] = logits;
      for (int k = 0; k < ANSWER_TOKENS; k++) {
        places[k + 1] = places[k].add(weights[2].index_select(0, answer.select(1, k)));
      }
      Tensor[] wide =
          Arrays.stream(places).map(p -> p.log_softmax(1).unsqueeze(1)).toArray(Tensor[]::new);
      return org.bytedeco.pytorch.global.torch.cat(new org.bytedeco.pytorch.TensorVector(wide), 1);
    };
  }

  /** A scalar head: logsigmoid of +-score for yes and no, -30 for the rest. */
  static JudgeNetwork regressive() {
    return (inputs, weights) -> {
      Tensor score = logits(inputs, 1, weights).narrow(1, YES, 1);
      Tensor rest = score.mul(new Scalar(0.0)).sub(new Scalar(30.0));
      Tensor yes = org.bytedeco.pytorch.global.torch.log_sigmoid(score);
      Tensor no = org.bytedeco.pytorch.global.torch.log_sigmoid(score.neg());
      return org.bytedeco.pytorch.global.torch.cat(
          new org.bytedeco.pytorch.TensorVector(rest, yes, no, rest, rest, rest), 1);
    };
  }

  private static Tensor logits(Tensor[] inputs, int images, Tensor[] weights) {
    Tensor tokens = inputs[images].narrow(1, 0, 1).to(ScalarType.Double);
    Tensor sum = weights[1].mul(tokens);
    for (int i = 0; i < images; i++) {
      // The last image is the one that is asked about: the first half of W.
      Tensor half = weights[0].narrow(0, (images - 1L - i) * PIXELS, PIXELS);
      Tensor seen = inputs[i].flatten(1, -1).to(ScalarType.Double).div(new Scalar(255.0)).mm(half);
      sum = sum.add(seen).add(seen.tanh().mul(new Scalar(0.5)));
    }
    return sum;
  }

  /**
   * Log-probabilities of the next word.
   *
   * @param reference null for none
   * @param said words before it
   */
  static double[] logProbs(
      byte[] reference, byte[] image, long token, double[] weights, long... said) {
    double[] logits = logits(reference, image, token, weights);
    for (long word : said) {
      for (int v = 0; v < VOCABULARY; v++) {
        logits[v] += weights[W + T + (int) word * VOCABULARY + v];
      }
    }
    double sum = Arrays.stream(logits).map(Math::exp).sum();
    return Arrays.stream(logits).map(logit -> logit - Math.log(sum)).toArray();
  }

  /** What the scalar head says. */
  static double score(byte[] image, long token, double[] weights) {
    return logits(null, image, token, weights)[YES];
  }

  private static double[] logits(byte[] reference, byte[] image, long token, double[] weights) {
    double[] logits = new double[VOCABULARY];
    for (int v = 0; v < VOCABULARY; v++) {
      double seen = seen(image, 0, v, weights);
      logits[v] = weights[W + v] * token + seen + Math.tanh(seen) / 2;
      if (reference != null) {
        double beside = seen(reference, PIXELS, v, weights);
        logits[v] += beside + Math.tanh(beside) / 2;
      }
    }
    return logits;
  }

  private static double seen(byte[] image, int row, int v, double[] weights) {
    double sum = 0;
    for (int i = 0; i < PIXELS; i++) {
      sum += (image[i] & 255) / 255.0 * weights[(row + i) * VOCABULARY + v];
    }
    return sum;
  }
}
