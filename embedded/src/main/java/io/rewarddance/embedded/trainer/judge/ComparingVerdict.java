package io.rewarddance.embedded.trainer.judge;

import org.bytedeco.pytorch.Tensor;

/**
 * What a judge that compares says: of pairs that were judged beside a reference, by how far each
 * image leads it, of the others by comparing them.
 */
record ComparingVerdict(Verdict besideReference, Verdict eachOther) implements Verdict {
  @Override
  public double[] secondBetter(Pairs pairs, int[] indices, Tensor[] weights) {
    ByReference parts = ByReference.of(indices, pairs::seen);
    double[] beside = ask(besideReference, pairs, parts.with(), weights);
    double[] compared = ask(eachOther, pairs, parts.without(), weights);
    double[] answers = new double[indices.length];
    int next = 0;
    int other = 0;
    for (int i = 0; i < indices.length; i++) {
      answers[i] = pairs.seen(indices[i]) ? beside[next++] : compared[other++];
    }
    return answers;
  }

  private static double[] ask(Verdict verdict, Pairs pairs, int[] indices, Tensor[] weights) {
    return indices.length == 0 ? new double[0] : verdict.secondBetter(pairs, indices, weights);
  }
}
