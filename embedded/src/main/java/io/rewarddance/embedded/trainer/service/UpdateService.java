package io.rewarddance.embedded.trainer.service;

import io.rewarddance.embedded.trainer.state.CheckpointStore;
import io.rewarddance.embedded.trainer.state.TrainerState;
import io.rewarddance.embedded.trainer.update.Updater;
import io.rewarddance.proto.training.PolicyState;
import io.rewarddance.proto.training.UpdateResult;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run's training: accepts each (run, iteration, digest) once, however often it is sent, and
 * works on one update at a time.
 *
 * <p>The version is 1 for the initial weights and rises by one with each update; a rollback takes
 * it back with the weights, so a version number may come again with another digest.
 */
public final class UpdateService {
  private static final Logger LOG = LoggerFactory.getLogger(UpdateService.class);
  private static final List<String> ALGORITHMS = List.of("grpo", "nft", "refl");

  private final Updater updater;
  private final CheckpointStore<TrainerState> store;
  private final UpdateRunner runner;
  private final Counters counters;
  private final WorkThread thread;
  private TrainerState state;
  private Job latest;

  /**
   * Continues from the newest whole checkpoint, or begins with the initial weights.
   *
   * @param thread where updates are made, not closed with this
   * @param evidence for files of refused updates
   */
  public UpdateService(
      WorkThread thread,
      Updater updater,
      CheckpointStore<TrainerState> store,
      Evidence evidence,
      Counters counters)
      throws IOException {
    this.thread = thread;
    this.updater = updater;
    this.store = store;
    this.runner = new UpdateRunner(updater, store, evidence);
    this.counters = counters;
    this.state = store.newest().orElseGet(updater::initialState);
  }

  /** The policy that would be published now. */
  public synchronized PolicyState policy() {
    return new PolicyState(
        state.run(),
        state.iteration(),
        state.version(),
        state.policyDigest(),
        state.optimizer().steps(),
        ALGORITHMS);
  }

  /** Whether the update was accepted before: then nothing of it is needed any more. */
  public synchronized Optional<Job> known(String run, int iteration, String digest) {
    requireRun(run, Fault.CONFLICT);
    Optional<UpdateResult> result = state.result(iteration);
    if (result.isPresent()) {
      requireSameDigest(iteration, result.get().digest(), digest);
      return Optional.of(finished(result.get()));
    }
    if (isRunning()) {
      return Optional.of(joined(run, iteration, digest));
    }
    if (iteration <= state.iteration()) {
      throw new FaultException(
          Fault.CONFLICT,
          "iteration: %d (expected: above %d, the last one)"
              .formatted(iteration, state.iteration()));
    }
    return Optional.empty();
  }

  /**
   * Starts an update, or joins the one that the same submission started.
   *
   * @param whenDone runs once when the file is no longer needed
   */
  public synchronized Job submit(Submission submission, Runnable whenDone) {
    Optional<Job> known;
    try {
      known = known(submission.run(), submission.iteration(), submission.digest());
    } catch (FaultException e) {
      whenDone.run();
      throw e;
    }
    if (known.isPresent()) {
      whenDone.run();
      return known.get();
    }
    Job job = new Job(submission);
    latest = job;
    thread.execute(() -> carryOut(job, whenDone));
    return job;
  }

  /**
   * The update of an iteration: finished, running, or failed last.
   *
   * @throws FaultException when there is none
   */
  public synchronized Job find(String run, int iteration) {
    requireRun(run, Fault.UNKNOWN_RUN);
    Optional<UpdateResult> result = state.result(iteration);
    if (result.isPresent()) {
      return finished(result.get());
    }
    if (latest != null && latest.submission().isFor(run, iteration)) {
      return latest;
    }
    throw new FaultException(
        Fault.UNKNOWN_UPDATE,
        "iteration: %d (expected: one that was sent; the last trained on is %d)"
            .formatted(iteration, state.iteration()));
  }

  /**
   * A weights file of the current version, the initial one, or one whose checkpoint is kept.
   *
   * @throws FaultException when it is none of those
   */
  public byte[] weights(long version, WeightsKind kind) throws IOException {
    return updater.weightsFile(kind.of(stateOf(version)));
  }

  /**
   * Goes back to the state after an iteration and forgets all later ones.
   *
   * @param iteration -1 for the initial policy
   * @throws FaultException when an update is running, or the state is no longer kept
   */
  public synchronized PolicyState rollback(String run, int iteration) throws IOException {
    requireRun(run, Fault.UNKNOWN_RUN);
    if (isRunning()) {
      throw new FaultException(Fault.BUSY, "an update is running (expected: none at a rollback)");
    }
    long version = iteration == -1 ? 1 : versionAfter(iteration);
    TrainerState target = stateOf(version);
    store.forgetAfter(version);
    state = target;
    latest = null;
    LOG.info("rolled back to iteration {}, version {}", iteration, version);
    return policy();
  }

  /** Gives a running update up. */
  public synchronized void cancel() {
    if (isRunning()) {
      latest.cancel();
    }
  }

  private void carryOut(Job job, Runnable whenDone) {
    job.started();
    try {
      TrainerState next = runner.run(stateNow(), job);
      UpdateResult result = next.result(job.submission().iteration()).orElseThrow();
      synchronized (this) {
        state = next;
      }
      counters.updated(result);
      whenDone.run();
      job.outcome().complete(result);
    } catch (FaultException e) {
      fail(job, whenDone, e);
    } catch (RuntimeException | OutOfMemoryError e) {
      LOG.error("update of iteration {} failed", job.submission().iteration(), e);
      fail(job, whenDone, new FaultException(Fault.INTERNAL, e.toString(), e));
    }
  }

  private void fail(Job job, Runnable whenDone, FaultException fault) {
    LOG.warn(
        "update of iteration {} refused: {}: {}",
        job.submission().iteration(),
        fault.fault().code(),
        fault.getMessage());
    counters.refused(fault.fault());
    whenDone.run();
    job.outcome().completeExceptionally(fault);
  }

  private synchronized TrainerState stateNow() {
    return state;
  }

  private TrainerState stateOf(long version) throws IOException {
    TrainerState now = stateNow();
    if (version == now.version()) {
      return now;
    }
    if (version == 1) {
      return updater.initialState();
    }
    Optional<TrainerState> kept =
        version < now.version() ? store.version(version) : Optional.empty();
    if (kept.isEmpty()) {
      throw new FaultException(
          Fault.UNKNOWN_POLICY,
          "version: " + version + " (expected: 1 or one of " + store.versions() + ")");
    }
    return kept.get();
  }

  private long versionAfter(int iteration) {
    return state
        .result(iteration)
        .map(UpdateResult::policyVersion)
        .orElseThrow(
            () ->
                new FaultException(
                    Fault.UNKNOWN_UPDATE,
                    "iteration: " + iteration + " (expected: -1, or one that was trained on)"));
  }

  private Job joined(String run, int iteration, String digest) {
    Submission running = latest.submission();
    if (!running.isFor(run, iteration)) {
      throw new FaultException(
          Fault.BUSY,
          "iteration %d is being trained on (expected: one update at a time)"
              .formatted(running.iteration()));
    }
    requireSameDigest(iteration, running.digest(), digest);
    return latest;
  }

  private boolean isRunning() {
    return latest != null && !latest.isOver();
  }

  private void requireRun(String run, Fault fault) {
    if (!state.run().isEmpty() && !state.run().equals(run)) {
      throw new FaultException(
          fault,
          "run: " + run + " (expected: " + state.run() + ", whose state this backend holds)");
    }
  }

  private static void requireSameDigest(int iteration, String expected, String digest) {
    if (!expected.equals(digest)) {
      throw new FaultException(
          Fault.CONFLICT,
          "digest: %s (expected: %s, that iteration %d was trained on)"
              .formatted(digest, expected, iteration));
    }
  }

  private static Job finished(UpdateResult result) {
    Job job = new Job(new Submission(result.run(), result.iteration(), result.digest(), null));
    job.outcome().complete(result);
    return job;
  }
}
