package io.rewarddance.embedded.trainer.http;

import io.rewarddance.embedded.trainer.TrainingBackendSettings;
import io.rewarddance.embedded.trainer.service.Counters;
import io.rewarddance.embedded.trainer.service.JudgeService;
import io.rewarddance.embedded.trainer.service.UpdateService;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The HTTP server on its port. */
public final class TrainingServer implements AutoCloseable {
  private static final int START_SECONDS = 30;
  private static final int WORKERS = 2;

  private final Vertx vertx;
  private final HttpServer server;

  private TrainingServer(Vertx vertx, HttpServer server) {
    this.vertx = vertx;
    this.server = server;
  }

  /**
   * Starts serving.
   *
   * @param policy empty when only judges are trained
   * @throws IOException when the port can't be bound
   */
  public static TrainingServer start(
      TrainingBackendSettings settings,
      Optional<UpdateService> policy,
      JudgeService judges,
      Counters counters)
      throws IOException {
    Vertx vertx = Vertx.vertx(options());
    try {
      FileReference references = new FileReference(settings.fileRoots());
      Optional<PolicyApi> policyApi = Optional.empty();
      if (policy.isPresent()) {
        policyApi = Optional.of(policyApi(vertx, settings, policy.get(), references));
      }
      JudgeApi judgeApi = new JudgeApi(vertx, judges, references);
      Api api = new Api(vertx, policyApi, judgeApi, counters);
      HttpServer server =
          vertx
              .createHttpServer(new HttpServerOptions().setHost(settings.host()))
              .requestHandler(api.router(settings.token()));
      await(server.listen(settings.port()));
      return new TrainingServer(vertx, server);
    } catch (IOException e) {
      vertx.close();
      throw new IOException(
          "port " + settings.port() + " on " + settings.host() + ": " + e.getMessage(), e);
    }
  }

  /** The port it listens on. */
  public int port() {
    return server.actualPort();
  }

  @Override
  public void close() {
    try {
      await(vertx.close());
    } catch (IOException e) {
      throw new IllegalStateException("HTTP server: not closed: " + e.getMessage(), e);
    }
  }

  private static PolicyApi policyApi(
      Vertx vertx, TrainingBackendSettings settings, UpdateService service, FileReference files)
      throws IOException {
    Path incoming = settings.stateDirectory().resolve("incoming");
    Intake intake = new Intake(vertx, service, incoming, settings.largestBody(), files);
    return new PolicyApi(vertx, service, intake);
  }

  private static VertxOptions options() {
    return new VertxOptions()
        .setEventLoopPoolSize(1)
        .setWorkerPoolSize(WORKERS)
        .setFileSystemOptions(
            new FileSystemOptions()
                .setFileCachingEnabled(false)
                .setClassPathResolvingEnabled(false));
  }

  private static <T> T await(Future<T> future) throws IOException {
    try {
      return future.toCompletionStage().toCompletableFuture().get(START_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException(String.valueOf(e.getCause() == null ? e : e.getCause()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
