package io.rewarddance.driver.judges.train;

import io.rewarddance.driver.config.JudgeTrainingConfig;
import io.rewarddance.driver.local.LocalLauncher;
import io.rewarddance.driver.update.JudgeClient;
import io.rewarddance.proto.local.LocalServices;
import io.rewarddance.proto.local.LocalStackSettings;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.LoggerFactory;

/** The training backend, started in this process where none is named. */
final class JudgeBackend implements AutoCloseable {
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final JudgeClient client;

  /**
   * @param state where an embedded backend keeps what it has trained
   * @param readable directories of the files that it is told of
   */
  JudgeBackend(JudgeTrainingConfig config, Path state, List<Path> readable) throws IOException {
    boolean opened = false;
    try {
      URI endpoint = config.backend().endpoint().orElse(null);
      if (endpoint == null) {
        LocalServices services =
            LocalLauncher.start(
                new LocalStackSettings(
                    Optional.empty(),
                    Optional.of(LocalStackSettings.Training.ofJudges(state, readable, 0)),
                    config.effectiveThreads()));
        open.push(services);
        endpoint = services.trainingEndpoint().orElseThrow();
      }
      Vertx vertx = Vertx.vertx();
      open.push(() -> vertx.close().await());
      client =
          new JudgeClient(
              vertx, endpoint, config.backend(), () -> ThreadLocalRandom.current().nextDouble());
      open.push(client);
      opened = true;
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    } finally {
      if (!opened) {
        close();
      }
    }
  }

  JudgeClient client() {
    return client;
  }

  @Override
  public void close() {
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) {
        LoggerFactory.getLogger(JudgeBackend.class).warn("closing", e);
      }
    }
  }
}
