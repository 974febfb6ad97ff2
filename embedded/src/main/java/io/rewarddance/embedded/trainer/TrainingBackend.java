package io.rewarddance.embedded.trainer;

import io.rewarddance.embedded.trainer.http.TrainingServer;
import io.rewarddance.embedded.trainer.judge.JudgeUpdater;
import io.rewarddance.embedded.trainer.service.Counters;
import io.rewarddance.embedded.trainer.service.Evidence;
import io.rewarddance.embedded.trainer.service.JudgeService;
import io.rewarddance.embedded.trainer.service.UpdateService;
import io.rewarddance.embedded.trainer.service.WorkThread;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** A running training backend: of one policy, if it was given one, and of any number of judges. */
public final class TrainingBackend implements AutoCloseable {
  private final WorkThread thread;
  private final Optional<TrainedPolicy> policy;
  private final JudgeUpdater judgeUpdater;
  private final JudgeService judges;
  private final TrainingServer server;

  private TrainingBackend(
      WorkThread thread,
      Optional<TrainedPolicy> policy,
      JudgeUpdater judgeUpdater,
      JudgeService judges,
      TrainingServer server) {
    this.thread = thread;
    this.policy = policy;
    this.judgeUpdater = judgeUpdater;
    this.judges = judges;
    this.server = server;
  }

  /**
   * Starts on loopback; see {@link TrainingBackendSettings#local}.
   *
   * @param stateDirectory made when absent, continued from when not
   * @param initialModelDirectory version directory of the model to start from
   * @param port 0 for any free one
   * @param threads CPU threads of an update
   * @throws IOException when the model or the state isn't readable, or the port can't be bound
   */
  public static TrainingBackend start(
      Path stateDirectory, Path initialModelDirectory, int port, int threads) throws IOException {
    return start(
        TrainingBackendSettings.local(stateDirectory, initialModelDirectory, port, threads));
  }

  /**
   * Starts and returns once it answers.
   *
   * @throws IOException when the model or the state isn't readable, or the port can't be bound
   */
  public static TrainingBackend start(TrainingBackendSettings settings) throws IOException {
    WorkThread thread = new WorkThread();
    Counters counters = new Counters();
    Evidence evidence = new Evidence(settings.stateDirectory().resolve("evidence"));
    Optional<TrainedPolicy> policy = Optional.empty();
    if (settings.initialModel().isPresent()) {
      Path model = settings.initialModel().get();
      policy = Optional.of(TrainedPolicy.open(settings, model, thread, evidence, counters));
    }
    JudgeUpdater judgeUpdater = new JudgeUpdater(settings.threads());
    JudgeService judges =
        new JudgeService(
            thread,
            settings.stateDirectory().resolve("judges"),
            settings.keptCheckpoints(),
            judgeUpdater,
            evidence,
            counters);
    try {
      Optional<UpdateService> updates = policy.map(TrainedPolicy::service);
      TrainingServer server = TrainingServer.start(settings, updates, judges, counters);
      return new TrainingBackend(thread, policy, judgeUpdater, judges, server);
    } catch (IOException | RuntimeException e) {
      policy.ifPresent(opened -> opened.updater().close());
      judgeUpdater.close();
      throw e;
    }
  }

  /** The port it listens on. */
  public int port() {
    return server.port();
  }

  /** Stops answering, gives up a running update, and frees the native memory. */
  @Override
  public void close() {
    server.close();
    policy.ifPresent(running -> running.service().cancel());
    judges.cancel();
    if (thread.finish()) {
      policy.ifPresent(ended -> ended.updater().close());
      judgeUpdater.close();
    }
  }
}
