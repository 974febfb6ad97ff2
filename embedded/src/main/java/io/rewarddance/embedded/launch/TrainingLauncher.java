package io.rewarddance.embedded.launch;

import io.rewarddance.embedded.trainer.TrainingBackend;
import io.rewarddance.embedded.trainer.TrainingBackendSettings;
import io.rewarddance.proto.local.LocalStackSettings.Training;
import java.io.IOException;

/** Starts a training backend. */
@FunctionalInterface
interface TrainingLauncher {
  /** A running backend. */
  interface Running extends AutoCloseable {
    int port();

    @Override
    void close();
  }

  /**
   * @throws IOException when its model or state can't be read, or its port can't be bound
   */
  Running start(Training settings, int threads) throws IOException;

  /** Starts this module's own. */
  static TrainingLauncher libtorch() {
    return (settings, threads) -> {
      TrainingBackend backend =
          TrainingBackend.start(
              TrainingBackendSettings.local(
                  settings.stateDirectory(),
                  settings.initialModel(),
                  settings.readable(),
                  settings.port(),
                  threads));
      return new Running() {
        @Override
        public int port() {
          return backend.port();
        }

        @Override
        public void close() {
          backend.close();
        }
      };
    };
  }
}
