package io.rewarddance.embedded.trainer.update;

import io.rewarddance.embedded.trainer.loss.Policies;
import io.rewarddance.embedded.trainer.optimizer.Stepper;
import io.rewarddance.embedded.trainer.state.TrainerState;
import io.rewarddance.embedded.trainer.step.Descent;
import io.rewarddance.embedded.trainer.step.NonFiniteException;
import io.rewarddance.embedded.trainer.step.Progress;
import io.rewarddance.embedded.trainer.step.StepRunner;
import io.rewarddance.embedded.trainer.tensor.BoundWeights;
import io.rewarddance.embedded.trainer.tensor.SlicePool;
import io.rewarddance.embedded.trainer.tensor.TracedNetwork;
import io.rewarddance.embedded.weights.SafeTensors;
import io.rewarddance.rollout.digest.Sha256;
import io.rewarddance.rollout.store.RolloutFile;
import java.io.IOException;

/**
 * Makes the next state from a state and a rollout file. The same state and file give the same next
 * state to the bit, on any number of threads of one machine. One update at a time.
 */
public final class Updater implements AutoCloseable {
  private static final double NANOS = 1e9;

  private final InitialModel model;
  private final TracedNetwork network;
  private final SlicePool pool;
  private final BoundWeights trained;
  private final BoundWeights sampling;
  private final BoundWeights reference;

  /**
   * @param threads slices of a minibatch that are computed at once
   * @throws IOException when the model's network isn't readable
   */
  public Updater(InitialModel model, int threads) throws IOException {
    this.model = model;
    this.network = TracedNetwork.read(model.network());
    this.pool = new SlicePool(threads);
    float[] weights = model.layout().flatten(model.weights());
    this.trained = new BoundWeights(model.layout(), weights, true);
    this.sampling = new BoundWeights(model.layout(), weights, false);
    this.reference = new BoundWeights(model.layout(), weights, false);
  }

  /** The state before the first update. */
  public TrainerState initialState() {
    return TrainerState.initial(model.layout().flatten(model.weights()), model.digest());
  }

  /** The bytes of a weights file with these parameters. */
  public byte[] weightsFile(float[] flat) {
    return SafeTensors.encode(model.layout().unflatten(flat, model.weights()));
  }

  /**
   * @throws BadRolloutsException when the file's content can't be trained on
   * @throws NonFiniteException when a number isn't finite
   * @throws java.util.concurrent.CancellationException when the progress asks for it
   */
  public TrainerState update(TrainerState state, RolloutFile file, Progress progress) {
    long start = System.nanoTime();
    UpdatePlan plan = UpdatePlan.of(file, model);
    Trainer trainer = trainer(state, plan, progress);
    double replayed = replayed(state, file);
    trainer.run();
    NextState next = new NextState(state, plan, trainer, replayed);
    float[] weights = next.sampling();
    String digest = Sha256.of(weightsFile(weights));
    return next.state(weights, digest, (System.nanoTime() - start) / NANOS);
  }

  @Override
  public void close() {
    pool.close();
    trained.close();
    sampling.close();
    reference.close();
    network.close();
  }

  private Trainer trainer(TrainerState state, UpdatePlan plan, Progress progress) {
    Stepper stepper = stepper(plan);
    sampling.load(state.sampling());
    Policies policies =
        new Policies(network, trained.tensors(), sampling.tensors(), reference.tensors());
    Descent descent =
        new Descent(
            stepper,
            plan.settings().optimizer().gradientClip(),
            state.trained(),
            state.optimizer());
    return new Trainer(plan, policies, new StepRunner(trained, pool), descent, progress);
  }

  /** Only in a run's first update: what differs then differs for the whole run. */
  private double replayed(TrainerState state, RolloutFile file) {
    boolean first = state.history().isEmpty();
    return first && Replay.isPossible(file.header().sampler())
        ? new Replay(file, model, network, sampling.tensors()).ratioDeviation()
        : 0;
  }

  private Stepper stepper(UpdatePlan plan) {
    try {
      return new Stepper(plan.settings().optimizer(), model.layout(), pool);
    } catch (IllegalArgumentException e) {
      throw new BadRolloutsException(e.getMessage(), e);
    }
  }
}
