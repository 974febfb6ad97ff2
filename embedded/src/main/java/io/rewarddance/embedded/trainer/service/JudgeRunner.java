package io.rewarddance.embedded.trainer.service;

import io.rewarddance.embedded.trainer.judge.BadPreferencesException;
import io.rewarddance.embedded.trainer.judge.JudgeBase;
import io.rewarddance.embedded.trainer.judge.JudgeData;
import io.rewarddance.embedded.trainer.judge.JudgeUpdater;
import io.rewarddance.embedded.trainer.state.JudgeHome;
import io.rewarddance.embedded.trainer.state.JudgeTrainingState;
import io.rewarddance.embedded.trainer.step.NonFiniteException;
import io.rewarddance.proto.training.JudgeUpdateRequest;
import io.rewarddance.rollout.preference.PreferenceFile;
import io.rewarddance.rollout.preference.PreferenceReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries one accepted update of a judge out: reads, trains, makes the next state durable. */
final class JudgeRunner {
  private static final Logger LOG = LoggerFactory.getLogger(JudgeRunner.class);

  private final JudgeUpdater updater;
  private final Evidence evidence;

  JudgeRunner(JudgeUpdater updater, Evidence evidence) {
    this.updater = updater;
    this.evidence = evidence;
  }

  /**
   * The next state, already durable.
   *
   * @param before empty in front of the first update
   * @throws FaultException for whatever goes wrong; the state on disk is then the one before
   */
  JudgeTrainingState run(Optional<JudgeTrainingState> before, JudgeHome home, JudgeJob job) {
    JudgeSubmission submission = job.submission();
    try {
      JudgeBase base = base(submission);
      JudgeUpdater.Updated updated =
          updater.update(
              before.orElseGet(() -> JudgeUpdater.initialState(submission.judge(), base)),
              base,
              data(submission),
              submission.request().settings(),
              submission.digest(),
              job);
      save(home, updated);
      return updated.state();
    } catch (NonFiniteException e) {
      FaultException fault = new FaultException(Fault.NON_FINITE, e.getMessage(), e);
      String digest = Evidence.shortened(submission.digest());
      evidence.keepRequest(
          "judge-%s-%06d-%s".formatted(submission.judge(), submission.step(), digest),
          submission.request(),
          fault);
      throw fault;
    } catch (BadPreferencesException | IOException e) {
      throw new FaultException(Fault.BAD_FILE, e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new FaultException(Fault.BAD_REQUEST, e.getMessage(), e);
    } catch (CancellationException e) {
      throw new FaultException(Fault.INTERNAL, e.getMessage(), e);
    }
  }

  private static JudgeBase base(JudgeSubmission submission) throws IOException {
    JudgeBase base = JudgeBase.read(submission.files().base());
    String expected = submission.request().base().sha256();
    if (!base.digest().equals(expected)) {
      throw new FaultException(
          Fault.BAD_FILE,
          "base: %s: weights of sha-256 %s (expected: %s)"
              .formatted(submission.files().base(), base.digest(), expected));
    }
    return base;
  }

  private static JudgeData data(JudgeSubmission submission) throws IOException {
    JudgeUpdateRequest request = submission.request();
    PreferenceFile training =
        PreferenceReader.read(submission.files().preferences(), request.preferences().sha256());
    List<JudgeData.Named> validation = new ArrayList<>();
    for (int i = 0; i < request.validation().size(); i++) {
      JudgeUpdateRequest.Validation asked = request.validation().get(i);
      Path path = submission.files().validation().get(i);
      validation.add(
          new JudgeData.Named(asked.name(), PreferenceReader.read(path, asked.sha256())));
    }
    return new JudgeData(training, validation);
  }

  private static void save(JudgeHome home, JudgeUpdater.Updated updated) {
    try {
      home.save(updated.state(), updated.weightsFile());
    } catch (IOException e) {
      forget(home, updated.state().step() - 1);
      throw new FaultException(Fault.INTERNAL, "checkpoint not written: " + e, e);
    }
  }

  /** A failed save may have got as far as the rename; memory and disk have to agree. */
  private static void forget(JudgeHome home, int step) {
    try {
      home.forgetAfter(step);
    } catch (IOException e) {
      LOG.error("checkpoint of a failed update not removed: {}", e.toString());
    }
  }
}
