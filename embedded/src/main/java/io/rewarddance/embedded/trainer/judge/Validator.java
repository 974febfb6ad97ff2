package io.rewarddance.embedded.trainer.judge;

import io.rewarddance.embedded.trainer.step.Minibatches;
import io.rewarddance.embedded.trainer.step.NonFiniteException;
import io.rewarddance.embedded.trainer.step.Progress;
import io.rewarddance.embedded.trainer.tensor.Scopes;
import io.rewarddance.embedded.trainer.tensor.SlicePool;
import io.rewarddance.proto.training.JudgeUpdateResult.Validation;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;

/** Measures a judge on pairs that it isn't trained on. */
final class Validator {
  private static final int SLICE = 32;
  private static final int SLICES_AT_ONCE = 64;

  private final SlicePool pool;
  private final Verdict verdict;
  private final Tensor[] weights;

  Validator(SlicePool pool, Verdict verdict, Tensor[] weights) {
    this.pool = pool;
    this.verdict = verdict;
    this.weights = weights;
  }

  /**
   * @throws NonFiniteException naming the pair whose answer isn't finite
   */
  Validation measure(String name, Pairs pairs, Progress progress) {
    Scores scores = new Scores();
    int[] all = IntStream.range(0, pairs.size()).toArray();
    int slices = Minibatches.parts(all.length, SLICE);
    for (int from = 0; from < slices; from += SLICES_AT_ONCE) {
      progress.throwIfCancelled();
      int first = from;
      List<double[]> answers =
          pool.map(
              Math.min(SLICES_AT_ONCE, slices - from),
              i -> {
                int[] indices = Minibatches.part(all, first + i, slices);
                return Scopes.withoutGradient(() -> verdict.secondBetter(pairs, indices, weights));
              });
      for (int i = 0; i < answers.size(); i++) {
        add(scores, name, pairs, Minibatches.part(all, first + i, slices), answers.get(i));
      }
    }
    return new Validation(name, scores.byDomain());
  }

  private static void add(
      Scores scores, String name, Pairs pairs, int[] indices, double[] answers) {
    for (int i = 0; i < indices.length; i++) {
      int p = indices[i];
      if (!Double.isFinite(answers[i])) {
        throw new NonFiniteException(
            "answer: %s for pair %d of %s (expected: finite)".formatted(answers[i], p, name));
      }
      scores.add(pairs.pair(p).domain(), answers[i], pairs.secondPreferred(p));
    }
  }
}
