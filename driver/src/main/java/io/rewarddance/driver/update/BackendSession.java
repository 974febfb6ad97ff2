package io.rewarddance.driver.update;

import io.rewarddance.driver.config.BackendConfig;
import io.rewarddance.driver.failure.Backoff;
import io.rewarddance.driver.failure.StepFailedException;
import io.rewarddance.proto.training.TrainingJson;
import io.rewarddance.rollout.FailureKind;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.regex.Pattern;

/**
 * Calls to one training backend: what all kinds of updates have in common. Calls block their
 * thread, which must be none of Vert.x's, and throw {@link StepFailedException} when they got no
 * good answer.
 */
final class BackendSession implements AutoCloseable {
  private static final Duration QUICK = Duration.ofSeconds(30);
  private static final Duration BETWEEN_POLLS = Duration.ofMillis(200);
  private static final Pattern NOT_FINITE = Pattern.compile(":\\s*[+-]?(NaN|Infinity)");
  private static final int OK = 200;
  private static final int ACCEPTED = 202;
  private static final int NOT_FOUND = 404;

  /** Sends an update. */
  @FunctionalInterface
  interface Upload {
    /**
     * @param request of the update's path, still without a body
     */
    Future<HttpResponse<Buffer>> send(HttpRequest<Buffer> request);
  }

  private final Vertx vertx;
  private final WebClient client;
  private final String base;
  private final BackendConfig config;
  private final BackendCall call;

  /**
   * @param endpoint where the backend answers; taken instead of the configuration's, which is empty
   *     where the backend is embedded
   * @param random uniform in [0, 1), for the jitter of retries
   * @throws IllegalArgumentException when a token would travel unencrypted to another machine, or
   *     certificates can't be used
   */
  BackendSession(Vertx vertx, URI endpoint, BackendConfig config, DoubleSupplier random) {
    this.vertx = vertx;
    this.client = Connections.open(vertx, endpoint, config);
    this.base = endpoint.toString().replaceAll("/+$", "");
    this.config = config;
    Backoff backoff = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(15), random);
    this.call = new BackendCall(backoff, config.retries());
  }

  Vertx vertx() {
    return vertx;
  }

  /** What a GET answers. */
  <T> T read(String path, Class<T> type) {
    HttpResponse<Buffer> response =
        call.send(
            "GET " + path,
            QUICK,
            Deadline.in(config.deadline()),
            limit -> request(HttpMethod.GET, path).timeout(limit.toMillis()).send());
    return json("GET " + path, response, type);
  }

  /**
   * Makes an update and waits for its end, at most the configured deadline.
   *
   * @param upload sends it; again when the backend forgot it
   * @param pollSeconds how long the backend may hold back an answer
   * @param accepted told each time the backend says how far it is
   */
  <T> T update(
      String path, Upload upload, int pollSeconds, Consumer<String> accepted, Class<T> type) {
    Deadline deadline = Deadline.in(config.deadline());
    HttpResponse<Buffer> response = post(path, upload, pollSeconds, deadline);
    for (int forgotten = 0; response.statusCode() == ACCEPTED; ) {
      accepted.accept(String.valueOf(response.bodyAsString()));
      response = poll(path, pollSeconds, deadline);
      if (response.statusCode() == NOT_FOUND) {
        response = again(path, upload, pollSeconds, deadline, forgotten++);
      }
    }
    return json("POST " + path, response, type);
  }

  /** A backend that died over the update comes back without it: it is sent again. */
  private HttpResponse<Buffer> again(
      String path, Upload upload, int pollSeconds, Deadline deadline, int forgotten) {
    if (forgotten >= config.retries()) {
      throw new StepFailedException(
          FailureKind.BACKEND_ERROR,
          "GET "
              + path
              + ": 404 after 202, "
              + (forgotten + 1)
              + " times (expected: a backend that remembers what it accepted)");
    }
    call.pause(forgotten);
    return post(path, upload, pollSeconds, deadline);
  }

  private HttpResponse<Buffer> post(
      String path, Upload upload, int pollSeconds, Deadline deadline) {
    return call.send(
        "POST " + path,
        config.deadline(),
        deadline,
        limit ->
            upload.send(
                request(HttpMethod.POST, path)
                    .timeout(limit.toMillis())
                    .addQueryParam("wait", String.valueOf(pollSeconds))));
  }

  /** Asks how far it is; a backend that answers at once and not when it's done is asked slowly. */
  private HttpResponse<Buffer> poll(String path, int pollSeconds, Deadline deadline) {
    long asked = System.nanoTime();
    HttpResponse<Buffer> response =
        call.send(
            "GET " + path,
            QUICK.plusSeconds(pollSeconds),
            deadline,
            limit ->
                request(HttpMethod.GET, path)
                    .timeout(limit.toMillis())
                    .addQueryParam("wait", String.valueOf(pollSeconds))
                    .send());
    if (response.statusCode() == ACCEPTED) {
      BackendCall.sleep(BETWEEN_POLLS.minusNanos(System.nanoTime() - asked));
    }
    return response;
  }

  /**
   * Downloads a file.
   *
   * @param target overwritten; its content is not yet known to be right
   */
  void download(String path, Path target) {
    WeightsDownload download =
        new WeightsDownload(vertx, () -> request(HttpMethod.GET, path), target);
    Deadline deadline = Deadline.in(config.deadline());
    HttpResponse<Void> response = call.send("GET " + path, config.deadline(), deadline, download);
    if (response.statusCode() != OK) {
      throw Refusals.of("GET " + path, response.statusCode(), download.text(response));
    }
    download.keep();
  }

  private static <T> T json(String what, HttpResponse<Buffer> response, Class<T> type) {
    String text = String.valueOf(response.bodyAsString());
    if (response.statusCode() != OK) {
      throw Refusals.of(what, response.statusCode(), text);
    }
    try {
      return TrainingJson.read(text, type);
    } catch (IllegalArgumentException e) {
      // JSON has no NaN: a backend that prints one all the same sends what isn't JSON.
      boolean notFinite = NOT_FINITE.matcher(text).find();
      throw StepFailedException.lasting(
          notFinite ? FailureKind.BACKEND_NOT_FINITE : FailureKind.BACKEND_ERROR,
          what + ": " + e.getMessage() + ": " + Refusals.start(text),
          e);
    }
  }

  private HttpRequest<Buffer> request(HttpMethod method, String path) {
    HttpRequest<Buffer> request = client.requestAbs(method, base + path);
    config
        .tokenFile()
        .ifPresent(file -> request.bearerTokenAuthentication(Connections.token(file)));
    return request;
  }

  @Override
  public void close() {
    client.close();
  }
}
