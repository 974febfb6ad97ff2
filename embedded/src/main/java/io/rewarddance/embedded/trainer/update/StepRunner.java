package io.rewarddance.embedded.trainer.update;

import io.rewarddance.embedded.trainer.loss.Loss;
import io.rewarddance.embedded.trainer.loss.Measures;
import io.rewarddance.embedded.trainer.loss.Policies;
import io.rewarddance.embedded.trainer.tensor.BoundWeights;
import io.rewarddance.embedded.trainer.tensor.SlicePool;
import java.util.List;

/**
 * Loss and gradient of a minibatch, computed in slices of a fixed size on several threads and added
 * up in the slices' order: the same numbers on any number of threads.
 */
final class StepRunner {
  /** Samples of a slice; smaller ones waste time per call, larger ones leave threads idle. */
  static final int SLICE = 8;

  private final Loss loss;
  private final Policies policies;
  private final BoundWeights trained;
  private final SlicePool pool;

  StepRunner(Loss loss, Policies policies, BoundWeights trained, SlicePool pool) {
    this.loss = loss;
    this.policies = policies;
    this.trained = trained;
    this.pool = pool;
  }

  /**
   * @param gradient [parameters]
   */
  record Result(float[] gradient, Measures measures) {}

  /**
   * @param weights of the policy that is trained
   * @param measureKl measure the distance to the reference on the first slice even if it weighs
   *     nothing
   */
  Result run(float[] weights, int[] minibatch, boolean measureKl) {
    trained.load(weights);
    int slices = Minibatches.parts(minibatch.length, SLICE);
    List<Result> results =
        pool.map(
            slices,
            slice -> {
              int[] samples = Minibatches.part(minibatch, slice, slices);
              boolean measure = measureKl && slice == 0;
              Loss.Term term = loss.term(samples, minibatch.length, policies, measure);
              return new Result(trained.gradient(term.loss()), term.measures());
            });
    return sum(results);
  }

  private static Result sum(List<Result> results) {
    float[] gradient = results.get(0).gradient();
    Measures measures = results.get(0).measures();
    for (Result result : results.subList(1, results.size())) {
      measures = measures.plus(result.measures());
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] += result.gradient()[i];
      }
    }
    return new Result(gradient, measures);
  }
}
