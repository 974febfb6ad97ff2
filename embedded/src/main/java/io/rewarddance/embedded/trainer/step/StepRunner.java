package io.rewarddance.embedded.trainer.step;

import io.rewarddance.embedded.trainer.tensor.BoundWeights;
import io.rewarddance.embedded.trainer.tensor.SlicePool;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * Loss and gradient of a minibatch, computed in slices of a fixed size on several threads and added
 * up in the slices' order: the same numbers on any number of threads.
 */
public final class StepRunner {
  /** Samples of a slice; smaller ones waste time per call, larger ones leave threads idle. */
  public static final int SLICE = 8;

  private final BoundWeights trained;
  private final SlicePool pool;

  /**
   * @param trained overwritten by each run
   */
  public StepRunner(BoundWeights trained, SlicePool pool) {
    this.trained = trained;
    this.pool = pool;
  }

  /** What a slice contributes. */
  @FunctionalInterface
  public interface Work<M> {
    /**
     * @param samples of the minibatch
     * @param slice number of the slice
     */
    Term<M> term(int[] samples, int slice);
  }

  /**
   * @param loss scalar with a gradient: the samples' share of the minibatch's loss
   * @param measures of these samples, detached
   */
  public record Term<M>(Tensor loss, M measures) {}

  /**
   * @param gradient [parameters]
   * @param measures of the whole minibatch
   */
  public record Result<M>(float[] gradient, M measures) {}

  /**
   * @param weights that the work's tensors hold while it runs
   */
  public <M extends Summed<M>> Result<M> run(float[] weights, int[] minibatch, Work<M> work) {
    trained.load(weights);
    int slices = Minibatches.parts(minibatch.length, SLICE);
    List<Result<M>> results =
        pool.map(
            slices,
            slice -> {
              Term<M> term = work.term(Minibatches.part(minibatch, slice, slices), slice);
              return new Result<>(trained.gradient(term.loss()), term.measures());
            });
    return sum(results);
  }

  private static <M extends Summed<M>> Result<M> sum(List<Result<M>> results) {
    float[] gradient = results.get(0).gradient();
    M measures = results.get(0).measures();
    for (Result<M> result : results.subList(1, results.size())) {
      measures = measures.plus(result.measures());
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] += result.gradient()[i];
      }
    }
    return new Result<>(gradient, measures);
  }
}
