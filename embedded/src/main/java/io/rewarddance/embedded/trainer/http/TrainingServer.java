package io.rewarddance.embedded.trainer.http;

import io.rewarddance.embedded.trainer.TrainingBackendSettings;
import io.rewarddance.embedded.trainer.service.Counters;
import io.rewarddance.embedded.trainer.service.UpdateService;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.nio.file.Path;
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
   * @throws IOException when the port can't be bound
   */
  public static TrainingServer start(
      TrainingBackendSettings settings, UpdateService service, Counters counters)
      throws IOException {
    Vertx vertx = Vertx.vertx(options());
    try {
      Path incoming = settings.stateDirectory().resolve("incoming");
      FileReference references = new FileReference(settings.fileRoots());
      Intake intake = new Intake(vertx, service, incoming, settings.largestBody(), references);
      Api api = new Api(vertx, service, intake, counters);
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
