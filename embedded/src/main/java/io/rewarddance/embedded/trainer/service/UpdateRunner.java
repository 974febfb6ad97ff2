package io.rewarddance.embedded.trainer.service;

import io.rewarddance.embedded.trainer.state.CheckpointStore;
import io.rewarddance.embedded.trainer.state.TrainerState;
import io.rewarddance.embedded.trainer.step.NonFiniteException;
import io.rewarddance.embedded.trainer.update.BadRolloutsException;
import io.rewarddance.embedded.trainer.update.Updater;
import io.rewarddance.rollout.PolicyRef;
import io.rewarddance.rollout.store.RolloutFile;
import io.rewarddance.rollout.store.RolloutHeader;
import io.rewarddance.rollout.store.RolloutReader;
import io.rewarddance.rollout.store.StoreException;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries one accepted update out: reads, checks, trains, makes the next state durable. */
final class UpdateRunner {
  private static final Logger LOG = LoggerFactory.getLogger(UpdateRunner.class);

  private final Updater updater;
  private final CheckpointStore<TrainerState> store;
  private final Evidence evidence;

  UpdateRunner(Updater updater, CheckpointStore<TrainerState> store, Evidence evidence) {
    this.updater = updater;
    this.store = store;
    this.evidence = evidence;
  }

  /**
   * The next state, already durable.
   *
   * @throws FaultException for whatever goes wrong; the state on disk is then the one before
   */
  TrainerState run(TrainerState before, Job job) {
    try {
      RolloutFile file = read(job.submission());
      requireCurrent(before, file.header().policy());
      TrainerState next = updater.update(before, file, job);
      save(before, next);
      return next;
    } catch (NonFiniteException e) {
      FaultException fault = new FaultException(Fault.NON_FINITE, e.getMessage(), e);
      Submission refused = job.submission();
      evidence.keepFile(
          "iteration-%06d-%s".formatted(refused.iteration(), Evidence.shortened(refused.digest())),
          refused.file(),
          fault);
      throw fault;
    } catch (BadRolloutsException e) {
      throw new FaultException(Fault.BAD_FILE, e.getMessage(), e);
    } catch (CancellationException e) {
      throw new FaultException(Fault.INTERNAL, e.getMessage(), e);
    }
  }

  private static RolloutFile read(Submission submission) {
    RolloutFile file;
    try {
      file = RolloutReader.read(submission.file(), submission.digest());
    } catch (StoreException e) {
      throw new FaultException(Fault.BAD_FILE, e.getMessage(), e);
    }
    RolloutHeader header = file.header();
    if (!submission.isFor(header.run(), header.iteration())) {
      throw new FaultException(
          Fault.BAD_FILE,
          "file: run %s, iteration %d (expected: run %s, iteration %d, as in the request's path)"
              .formatted(
                  header.run(), header.iteration(), submission.run(), submission.iteration()));
    }
    return file;
  }

  private static void requireCurrent(TrainerState state, PolicyRef sampledBy) {
    if (sampledBy.version() != state.version()
        || !sampledBy.digest().equals(state.policyDigest())) {
      throw new FaultException(
          Fault.STALE_POLICY,
          "policy: version %d, digest %s (expected: version %d, digest %s, the current one)"
              .formatted(
                  sampledBy.version(), sampledBy.digest(), state.version(), state.policyDigest()));
    }
  }

  private void save(TrainerState before, TrainerState next) {
    try {
      store.save(next);
    } catch (IOException e) {
      forget(before);
      throw new FaultException(Fault.INTERNAL, "checkpoint not written: " + e, e);
    }
  }

  /** A failed save may have got as far as the rename; memory and disk have to agree. */
  private void forget(TrainerState before) {
    try {
      store.forgetAfter(before.version());
    } catch (IOException e) {
      LOG.error("checkpoint of a failed update not removed: {}", e.toString());
    }
  }
}
