package io.rewarddance.embedded.trainer;

import io.rewarddance.embedded.trainer.http.TrainingServer;
import io.rewarddance.embedded.trainer.service.Counters;
import io.rewarddance.embedded.trainer.service.UpdateService;
import io.rewarddance.embedded.trainer.state.CheckpointStore;
import io.rewarddance.embedded.trainer.state.Disk;
import io.rewarddance.embedded.trainer.update.InitialModel;
import io.rewarddance.embedded.trainer.update.Updater;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A running training backend. */
public final class TrainingBackend implements AutoCloseable {
  private final TrainingServer server;
  private final UpdateService service;

  private TrainingBackend(TrainingServer server, UpdateService service) {
    this.server = server;
    this.service = service;
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
    InitialModel model = InitialModel.read(settings.initialModel());
    Path checkpoints = settings.stateDirectory().resolve("checkpoints");
    Files.createDirectories(checkpoints);
    CheckpointStore store =
        new CheckpointStore(checkpoints, Disk.real(), settings.keptCheckpoints(), model.digest());
    Counters counters = new Counters();
    Updater updater = new Updater(model, settings.threads());
    try {
      Path evidence = settings.stateDirectory().resolve("evidence");
      UpdateService service = new UpdateService(updater, store, evidence, counters);
      return new TrainingBackend(TrainingServer.start(settings, service, counters), service);
    } catch (IOException | RuntimeException e) {
      updater.close();
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
    service.close();
  }
}
