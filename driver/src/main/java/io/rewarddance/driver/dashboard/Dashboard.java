package io.rewarddance.driver.dashboard;

import io.rewarddance.driver.feed.RunFeed;
import io.rewarddance.driver.loop.RunControl;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * HTTP server of one run: {@code /} a page, {@code /events} server-sent events, {@code /metrics}
 * for Prometheus. It reads only; nothing here changes a run.
 */
public final class Dashboard implements AutoCloseable {
  private static final int SECONDS = 10;

  private final Vertx vertx;
  private final RunFeed feed;
  private final RunControl control;
  private final PrometheusNumbers numbers;
  private final String page = resource("dashboard.html");
  private HttpServer server;

  private Dashboard(RunFeed feed, RunControl control) {
    this.vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1));
    this.feed = feed;
    this.control = control;
    this.numbers = new PrometheusNumbers(feed, control);
  }

  /**
   * @param host address to listen on
   * @param port or 0 for any free one
   * @throws IOException when the port can't be bound
   */
  public static Dashboard start(String host, int port, RunFeed feed, RunControl control)
      throws IOException {
    Dashboard dashboard = new Dashboard(feed, control);
    try {
      dashboard.listen(host, port);
      return dashboard;
    } catch (IOException e) {
      dashboard.close();
      throw e;
    }
  }

  public int port() {
    return server.actualPort();
  }

  @Override
  public void close() {
    try {
      await(vertx.close());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void listen(String host, int port) throws IOException {
    Router router = Router.router(vertx);
    router.get("/").handler(this::page);
    router.get("/events").handler(this::events);
    router.get("/metrics").handler(this::metrics);
    server = await(vertx.createHttpServer().requestHandler(router).listen(port, host));
  }

  private void page(RoutingContext request) {
    request
        .response()
        .putHeader("content-type", "text/html; charset=utf-8")
        .putHeader("content-security-policy", "default-src 'self' 'unsafe-inline'")
        .end(page);
  }

  private void metrics(RoutingContext request) {
    request
        .response()
        .putHeader("content-type", "text/plain; version=0.0.4; charset=utf-8")
        .end(numbers.scrape());
  }

  private void events(RoutingContext request) {
    HttpServerResponse response = request.response();
    response
        .setChunked(true)
        .putHeader("content-type", "text/event-stream")
        .putHeader("cache-control", "no-store");
    new EventStream(vertx.getOrCreateContext(), response, feed, control).start();
  }

  private static <T> T await(Future<T> future) throws IOException {
    try {
      return future.toCompletionStage().toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new IOException(e.getCause().getMessage(), e.getCause());
    } catch (TimeoutException e) {
      throw new IOException("no answer in " + SECONDS + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static String resource(String name) {
    try (InputStream in = Dashboard.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
