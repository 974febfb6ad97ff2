package io.rewarddance.embedded.trainer.service;

import io.rewarddance.embedded.trainer.judge.JudgeUpdater;
import io.rewarddance.embedded.trainer.state.Disk;
import io.rewarddance.embedded.trainer.state.JudgeHome;
import io.rewarddance.embedded.trainer.state.JudgeTrainingState;
import io.rewarddance.proto.training.JudgeState;
import io.rewarddance.proto.training.JudgeUpdateResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The training of any number of judges: accepts each (judge, step, digest) once, however often it
 * is sent, in the order of the steps.
 */
public final class JudgeService {
  private static final Logger LOG = LoggerFactory.getLogger(JudgeService.class);
  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,99}";

  private final WorkThread thread;
  private final Path directory;
  private final int keptCheckpoints;
  private final JudgeRunner runner;
  private final Counters counters;
  private final Map<String, Trained> judges = new HashMap<>();

  /** A judge, as far as it is trained. */
  private static final class Trained {
    final JudgeHome home;
    Optional<JudgeTrainingState> state;
    JudgeJob latest;

    Trained(JudgeHome home) throws IOException {
      this.home = home;
      this.state = home.newest();
    }

    int step() {
      return state.map(JudgeTrainingState::step).orElse(-1);
    }

    boolean isRunning() {
      return latest != null && !latest.isOver();
    }
  }

  /**
   * @param thread where updates are made, not closed with this
   * @param directory of all judges' states, made when it is needed
   * @param updater not closed with this
   */
  public JudgeService(
      WorkThread thread,
      Path directory,
      int keptCheckpoints,
      JudgeUpdater updater,
      Evidence evidence,
      Counters counters) {
    this.thread = thread;
    this.directory = directory;
    this.keptCheckpoints = keptCheckpoints;
    this.runner = new JudgeRunner(updater, evidence);
    this.counters = counters;
  }

  /**
   * @throws FaultException when there is no such judge
   */
  public synchronized JudgeState state(String judge) {
    JudgeTrainingState state = known(judge).state.orElseThrow(() -> unknown(judge));
    return new JudgeState(
        judge,
        state.baseDigest(),
        state.step(),
        state.optimizer().steps(),
        state.weightsDigest(),
        state.history());
  }

  /** Whether the update was accepted before: then nothing of its files is needed any more. */
  public synchronized Optional<JudgeJob> accepted(String name, int step, String digest) {
    Trained judge = trained(name);
    Optional<JudgeUpdateResult> result = judge.state.flatMap(state -> state.result(step));
    if (result.isPresent()) {
      requireSameDigest(step, digest, result.get().digest());
      return Optional.of(finished(result.get()));
    }
    return judge.isRunning()
        ? Optional.of(joined(judge.latest, name, step, digest))
        : Optional.empty();
  }

  /** Starts an update, or gives the one that the same submission started. */
  public synchronized JudgeJob submit(JudgeSubmission submission) {
    Optional<JudgeJob> accepted =
        accepted(submission.judge(), submission.step(), submission.digest());
    if (accepted.isPresent()) {
      return accepted.get();
    }
    Trained judge = trained(submission.judge());
    requireNext(judge, submission);
    JudgeJob job = new JudgeJob(submission);
    judge.latest = job;
    thread.execute(() -> carryOut(judge, job));
    return job;
  }

  /**
   * An update: finished, running, or failed last.
   *
   * @throws FaultException when there is none
   */
  public synchronized JudgeJob find(String name, int step) {
    Trained judge = known(name);
    Optional<JudgeUpdateResult> result = judge.state.flatMap(state -> state.result(step));
    if (result.isPresent()) {
      return finished(result.get());
    }
    if (judge.latest != null && judge.latest.submission().isFor(name, step)) {
      return judge.latest;
    }
    throw new FaultException(
        Fault.UNKNOWN_UPDATE,
        "step: %d (expected: one that was sent; the last is %d)".formatted(step, judge.step()));
  }

  /**
   * The averaged weights after an update, as a file.
   *
   * @param step empty for the last
   * @throws FaultException when there is no such judge or update
   * @throws IOException when the file is damaged or not readable
   */
  public byte[] weights(String name, OptionalInt step) throws IOException {
    Trained judge;
    Optional<JudgeUpdateResult> result;
    synchronized (this) {
      judge = known(name);
      int wanted = step.orElse(judge.step());
      result = judge.state.flatMap(state -> state.result(wanted));
    }
    Optional<byte[]> file =
        result.isEmpty()
            ? Optional.empty()
            : judge.home.weights(result.get().step(), result.get().weightsDigest());
    return file.orElseThrow(
        () ->
            new FaultException(
                Fault.UNKNOWN_UPDATE,
                "step: %s (expected: 0 to %d)"
                    .formatted(step.isPresent() ? step.getAsInt() : "the last", judge.step())));
  }

  /** Gives running and waiting updates up. */
  public synchronized void cancel() {
    judges.values().stream().filter(Trained::isRunning).forEach(judge -> judge.latest.cancel());
  }

  private void carryOut(Trained judge, JudgeJob job) {
    job.started();
    try {
      JudgeTrainingState next = runner.run(stateOf(judge), judge.home, job);
      JudgeUpdateResult result = next.result(job.submission().step()).orElseThrow();
      synchronized (this) {
        judge.state = Optional.of(next);
      }
      counters.judged(result);
      job.outcome().complete(result);
    } catch (FaultException e) {
      fail(job, e);
    } catch (RuntimeException | OutOfMemoryError e) {
      LOG.error("judge {}: update {} failed", job.submission().judge(), job.submission().step(), e);
      fail(job, new FaultException(Fault.INTERNAL, e.toString(), e));
    }
  }

  private void fail(JudgeJob job, FaultException fault) {
    LOG.warn(
        "judge {}: update {} refused: {}: {}",
        job.submission().judge(),
        job.submission().step(),
        fault.fault().code(),
        fault.getMessage());
    counters.refused(fault.fault());
    job.outcome().completeExceptionally(fault);
  }

  private synchronized Optional<JudgeTrainingState> stateOf(Trained judge) {
    return judge.state;
  }

  private static JudgeJob joined(JudgeJob running, String name, int step, String digest) {
    if (!running.submission().isFor(name, step)) {
      throw new FaultException(
          Fault.BUSY,
          "step %d is being trained (expected: one update of a judge at a time)"
              .formatted(running.submission().step()));
    }
    requireSameDigest(step, digest, running.submission().digest());
    return running;
  }

  private static void requireNext(Trained judge, JudgeSubmission submission) {
    if (submission.step() != judge.step() + 1) {
      throw new FaultException(
          Fault.CONFLICT,
          "step: %d (expected: %d, the next)".formatted(submission.step(), judge.step() + 1));
    }
    String base = submission.request().base().sha256();
    String expected = judge.state.map(JudgeTrainingState::baseDigest).orElse(base);
    if (!base.equals(expected)) {
      throw new FaultException(
          Fault.CONFLICT,
          "base: %s (expected: %s, that the judge was trained from)".formatted(base, expected));
    }
  }

  private static void requireSameDigest(int step, String digest, String expected) {
    if (!expected.equals(digest)) {
      throw new FaultException(
          Fault.CONFLICT,
          "digest of the request: %s (expected: %s, that step %d was trained by)"
              .formatted(digest, expected, step));
    }
  }

  /** A judge that was asked for before, in this process or another. */
  private Trained known(String name) {
    Trained judge = trained(name);
    if (judge.state.isEmpty() && judge.latest == null) {
      judges.remove(name);
      throw unknown(name);
    }
    return judge;
  }

  private Trained trained(String name) {
    if (!name.matches(NAME)) {
      throw new FaultException(
          Fault.BAD_REQUEST,
          "judge: " + name + " (expected: up to 100 letters, digits, '.', '_' or '-')");
    }
    return judges.computeIfAbsent(name, this::opened);
  }

  private Trained opened(String name) {
    try {
      return new Trained(new JudgeHome(directory.resolve(name), Disk.real(), keptCheckpoints));
    } catch (IOException e) {
      throw new FaultException(Fault.INTERNAL, "judge " + name + ": not readable: " + e, e);
    }
  }

  private static FaultException unknown(String judge) {
    return new FaultException(
        Fault.UNKNOWN_JUDGE, "judge: " + judge + " (expected: one that was trained here)");
  }

  private static JudgeJob finished(JudgeUpdateResult result) {
    JudgeJob job =
        new JudgeJob(
            new JudgeSubmission(result.judge(), result.step(), null, result.digest(), null));
    job.outcome().complete(result);
    return job;
  }
}
