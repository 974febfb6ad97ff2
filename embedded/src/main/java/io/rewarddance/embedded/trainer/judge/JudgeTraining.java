package io.rewarddance.embedded.trainer.judge;

import io.rewarddance.embedded.trainer.optimizer.Stepper;
import io.rewarddance.embedded.trainer.state.JudgeTrainingState;
import io.rewarddance.embedded.trainer.step.Descent;
import io.rewarddance.embedded.trainer.step.Lerp;
import io.rewarddance.embedded.trainer.step.StepRunner;
import io.rewarddance.embedded.trainer.step.UpdateNoise;
import io.rewarddance.embedded.trainer.tensor.BoundWeights;
import io.rewarddance.embedded.trainer.tensor.ParameterLayout;
import io.rewarddance.embedded.trainer.tensor.ParameterLayout.Parameter;
import io.rewarddance.embedded.trainer.tensor.SlicePool;
import io.rewarddance.proto.training.JudgeUpdateResult;
import io.rewarddance.proto.training.JudgeUpdateSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;

/** The optimizer steps of one update; used once. */
final class JudgeTraining implements AutoCloseable {
  private final JudgePlan plan;
  private final JudgeUpdateSettings settings;
  private final JudgeLoss loss;
  private final Pairs pairs;
  private final SlicePool pool;
  private final BoundWeights bound;
  private final StepRunner runner;
  private Descent descent;
  private float[] average;
  private JudgeMeasures total = JudgeMeasures.NONE;
  private double lastLoss;
  private double norms;

  JudgeTraining(
      JudgePlan plan, ParameterLayout layout, JudgeLoss loss, Pairs pairs, SlicePool pool) {
    this.plan = plan;
    this.settings = plan.settings();
    this.loss = loss;
    this.pairs = pairs;
    this.pool = pool;
    this.bound = new BoundWeights(layout, new float[layout.size()], true);
    this.runner = new StepRunner(bound, pool);
  }

  /** Takes all steps. */
  void run(JudgeTrainingState before, JudgeProgress progress) {
    PairOrder order = new PairOrder(settings.seed(), pairs.size());
    long done = before.optimizer().steps();
    average = before.average();
    Stepper stepper = new Stepper(settings.optimizer(), moving(before.trained()), pool);
    descent =
        new Descent(
            stepper, settings.optimizer().gradientClip(), before.trained(), before.optimizer());
    for (int step = 0; step < settings.steps(); step++) {
      progress.throwIfCancelled();
      take(minibatch(order, done + step), done + step, step);
      progress.loss(lastLoss);
      progress.done((step + 1.0) / settings.steps());
    }
  }

  float[] average() {
    return average;
  }

  /** The average in libtorch's memory, in place of the weights that were trained. */
  Tensor[] averageTensors() {
    bound.load(average);
    return bound.tensors();
  }

  JudgeTrainingState state(JudgeTrainingState before, JudgeUpdateResult result) {
    List<JudgeUpdateResult> history = new ArrayList<>(before.history());
    history.add(result);
    return new JudgeTrainingState(
        before.judge(),
        before.baseDigest(),
        result.weightsDigest(),
        descent.weights(),
        average,
        descent.optimizer(),
        history);
  }

  JudgeUpdateResult result(
      JudgeTrainingState before,
      String digest,
      String weightsDigest,
      List<JudgeUpdateResult.Validation> validation,
      double seconds) {
    long steps = descent.optimizer().steps();
    return new JudgeUpdateResult(
        before.judge(),
        before.step() + 1,
        digest,
        steps,
        weightsDigest,
        total.pairs(),
        total.meanLoss(),
        total.meanCrossEntropy(),
        total.meanReasonLoss(),
        norms / settings.steps(),
        total.accuracy(),
        plan.schedule().factor(Math.toIntExact(steps - 1)) * settings.optimizer().learningRate(),
        validation,
        seconds);
  }

  @Override
  public void close() {
    bound.close();
  }

  private JudgeMinibatch minibatch(PairOrder order, long step) {
    UpdateNoise noise = new UpdateNoise(settings.seed(), Math.toIntExact(step));
    return new JudgeMinibatch(
        pairs,
        order.of(step, settings.minibatch()),
        noise,
        new PixelNoise(settings.pixelNoise(), noise));
  }

  /** Parameters that the loss reaches: the others stay as they are, without weight decay. */
  private List<Parameter> moving(float[] weights) {
    bound.load(weights);
    int[] speaking =
        IntStream.range(0, pairs.size()).filter(p -> pairs.reason(p).length > 0).limit(1).toArray();
    int[] one = speaking.length == 0 ? new int[] {0} : speaking;
    JudgeMinibatch probe =
        new JudgeMinibatch(pairs, one, new UpdateNoise(settings.seed(), 0), PixelNoise.none());
    return pool.map(
            1, piece -> bound.reachedBy(loss.term(probe, new int[] {0}, bound.tensors()).loss()))
        .get(0);
  }

  private void take(JudgeMinibatch minibatch, long number, int step) {
    StepRunner.Result<JudgeMeasures> result =
        runner.run(
            descent.weights(),
            IntStream.range(0, minibatch.size()).toArray(),
            (samples, slice) -> loss.term(minibatch, samples, bound.tensors()));
    double factor = plan.schedule().factor(Math.toIntExact(number));
    norms +=
        descent.step(
            result, factor, "optimizer step %d of %d".formatted(step + 1, settings.steps()));
    lastLoss = result.measures().meanLoss();
    total = total.plus(result.measures());
    follow(number);
  }

  /** The average's decay rises to its setting over the first steps: min((1 + n) / (10 + n), d). */
  private void follow(long steps) {
    double decay = Math.min((1.0 + steps) / (10.0 + steps), settings.average());
    average =
        settings.average() == 0
            ? descent.weights().clone()
            : Lerp.towards(average, descent.weights(), decay);
  }
}
