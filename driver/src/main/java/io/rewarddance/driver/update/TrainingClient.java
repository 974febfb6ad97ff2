package io.rewarddance.driver.update;

import io.rewarddance.driver.config.TrainingConfig;
import io.rewarddance.driver.failure.Backoff;
import io.rewarddance.driver.failure.StepFailedException;
import io.rewarddance.proto.training.PolicyState;
import io.rewarddance.proto.training.TrainingJson;
import io.rewarddance.proto.training.UpdateResult;
import io.rewarddance.rollout.FailureKind;
import io.rewarddance.rollout.PolicyRef;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.DoubleSupplier;
import java.util.regex.Pattern;

/**
 * The training backend over HTTP (openapi/training-backend.yaml). Calls block their thread, which
 * must be none of Vert.x's, and throw {@link StepFailedException} when they got no good answer.
 */
public final class TrainingClient implements AutoCloseable {
  private static final Duration QUICK = Duration.ofSeconds(30);
  private static final Duration BETWEEN_POLLS = Duration.ofMillis(200);
  private static final Pattern NOT_FINITE = Pattern.compile(":\\s*[+-]?(NaN|Infinity)");
  private static final int POLL_SECONDS = 20;
  private static final int OK = 200;
  private static final int ACCEPTED = 202;
  private static final int NOT_FOUND = 404;

  private final Vertx vertx;
  private final WebClient client;
  private final String base;
  private final TrainingConfig config;
  private final BackendCall call;

  /**
   * @param endpoint where the backend answers; taken instead of the configuration's, which is empty
   *     where the backend is embedded
   * @param random uniform in [0, 1), for the jitter of retries
   * @throws IllegalArgumentException when a token would travel unencrypted to another machine, or
   *     certificates can't be used
   */
  public TrainingClient(Vertx vertx, URI endpoint, TrainingConfig config, DoubleSupplier random) {
    this.vertx = vertx;
    this.client = Connections.open(vertx, endpoint, config);
    this.base = endpoint.toString().replaceAll("/+$", "");
    this.config = config;
    Backoff backoff = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(15), random);
    this.call = new BackendCall(backoff, config.retries());
  }

  /** The policy that the backend would publish now. */
  public PolicyState policy() {
    return read("GET", "/v1/policy", PolicyState.class);
  }

  /**
   * Trains on a file and waits for the end, at most the configured deadline.
   *
   * @param baseVersion version that drew the rollouts
   */
  public UpdateResult update(UpdateOrder order, long baseVersion) {
    Deadline deadline = Deadline.in(config.deadline());
    HttpResponse<Buffer> response = post(order, deadline);
    for (int forgotten = 0; response.statusCode() == ACCEPTED; ) {
      response = poll(order, deadline);
      if (response.statusCode() == NOT_FOUND) {
        response = again(order, deadline, forgotten++);
      }
    }
    String what = "POST " + order.path();
    return UpdateCheck.check(json(what, response, UpdateResult.class), order, baseVersion);
  }

  /** A backend that died over the update comes back without it: it is sent again. */
  private HttpResponse<Buffer> again(UpdateOrder order, Deadline deadline, int forgotten) {
    if (forgotten >= config.retries()) {
      throw new StepFailedException(
          FailureKind.BACKEND_ERROR,
          "GET "
              + order.path()
              + ": 404 after 202, "
              + (forgotten + 1)
              + " times (expected: a backend that remembers what it accepted)");
    }
    call.pause(forgotten);
    return post(order, deadline);
  }

  private HttpResponse<Buffer> post(UpdateOrder order, Deadline deadline) {
    return call.send(
        "POST " + order.path(), config.deadline(), deadline, limit -> upload(order, limit));
  }

  private Future<HttpResponse<Buffer>> upload(UpdateOrder order, Duration limit) {
    HttpRequest<Buffer> request =
        request(HttpMethod.POST, order.path())
            .timeout(limit.toMillis())
            .addQueryParam("wait", String.valueOf(POLL_SECONDS))
            .putHeader("content-type", "application/x-hdf5");
    return vertx
        .fileSystem()
        .open(order.file().toString(), new OpenOptions().setWrite(false).setCreate(false))
        .compose(file -> request.sendStream(file).onComplete(sent -> file.close()));
  }

  /** Asks how far it is; a backend that answers at once and not when it's done is asked slowly. */
  private HttpResponse<Buffer> poll(UpdateOrder order, Deadline deadline) {
    long asked = System.nanoTime();
    HttpResponse<Buffer> response =
        call.send(
            "GET " + order.path(),
            QUICK.plusSeconds(POLL_SECONDS),
            deadline,
            limit ->
                request(HttpMethod.GET, order.path())
                    .timeout(limit.toMillis())
                    .addQueryParam("wait", String.valueOf(POLL_SECONDS))
                    .send());
    if (response.statusCode() == ACCEPTED) {
      BackendCall.sleep(BETWEEN_POLLS.minusNanos(System.nanoTime() - asked));
    }
    return response;
  }

  /**
   * Downloads a policy's weights.
   *
   * @param target overwritten; its content is not yet known to be right
   */
  public void weights(PolicyRef policy, Path target) {
    String path = "/v1/policies/" + policy.version() + "/weights";
    WeightsDownload download =
        new WeightsDownload(vertx, () -> request(HttpMethod.GET, path), target);
    Deadline deadline = Deadline.in(config.deadline());
    HttpResponse<Void> response = call.send("GET " + path, config.deadline(), deadline, download);
    if (response.statusCode() != OK) {
      throw Refusals.of("GET " + path, response.statusCode(), download.text(response));
    }
    download.keep();
  }

  private <T> T read(String method, String path, Class<T> type) {
    HttpResponse<Buffer> response =
        call.send(
            method + " " + path,
            QUICK,
            Deadline.in(config.deadline()),
            limit -> request(HttpMethod.valueOf(method), path).timeout(limit.toMillis()).send());
    return json(method + " " + path, response, type);
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
