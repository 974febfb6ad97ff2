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
import io.vertx.ext.web.client.WebClientOptions;
import io.vertx.ext.web.codec.BodyCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * The training backend over HTTP (openapi/training-backend.yaml). Calls block their thread, which
 * must be none of Vert.x's, and throw {@link StepFailedException} when they got no good answer.
 */
public final class TrainingClient implements AutoCloseable {
  private static final Duration QUICK = Duration.ofSeconds(30);
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
   */
  public TrainingClient(Vertx vertx, URI endpoint, TrainingConfig config, DoubleSupplier random) {
    this.vertx = vertx;
    this.client = WebClient.create(vertx, new WebClientOptions().setKeepAlive(true));
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
    long end = System.nanoTime() + config.deadline().toNanos();
    HttpResponse<Buffer> response = post(order);
    while (response.statusCode() == ACCEPTED || isForgotten(response)) {
      if (System.nanoTime() - end > 0) {
        throw new StepFailedException(
            FailureKind.BACKEND_TIMEOUT,
            "POST " + order.path() + ": not done in " + config.deadline().toSeconds() + " s");
      }
      response = isForgotten(response) ? post(order) : poll(order);
    }
    String what = "POST " + order.path();
    return UpdateCheck.check(json(what, response, UpdateResult.class), order, baseVersion);
  }

  /** A backend that died over the update comes back without it: it is sent again. */
  private static boolean isForgotten(HttpResponse<?> response) {
    return response.statusCode() == NOT_FOUND;
  }

  private HttpResponse<Buffer> post(UpdateOrder order) {
    return call.send(
        "POST " + order.path(),
        config.deadline(),
        () ->
            vertx
                .fileSystem()
                .open(order.file().toString(), new OpenOptions().setWrite(false).setCreate(false))
                .compose(
                    file ->
                        request(HttpMethod.POST, order.path())
                            .addQueryParam("wait", String.valueOf(POLL_SECONDS))
                            .putHeader("content-type", "application/x-hdf5")
                            .sendStream(file)));
  }

  private HttpResponse<Buffer> poll(UpdateOrder order) {
    return call.send(
        "GET " + order.path(),
        QUICK.plusSeconds(POLL_SECONDS),
        () ->
            request(HttpMethod.GET, order.path())
                .addQueryParam("wait", String.valueOf(POLL_SECONDS))
                .send());
  }

  /**
   * Downloads a policy's weights.
   *
   * @param target overwritten; its content is not yet known to be right
   */
  public void weights(PolicyRef policy, Path target) {
    String path = "/v1/policies/" + policy.version() + "/weights";
    HttpResponse<Void> response =
        call.send("GET " + path, config.deadline(), () -> download(path, target));
    if (response.statusCode() != OK) {
      throw Refusals.of("GET " + path + " " + errorText(target), response);
    }
  }

  private Future<HttpResponse<Void>> download(String path, Path target) {
    return vertx
        .fileSystem()
        .open(target.toString(), new OpenOptions().setTruncateExisting(true))
        .compose(file -> request(HttpMethod.GET, path).as(BodyCodec.pipe(file)).send());
  }

  /** The body of a refused download went to the file. */
  private static String errorText(Path target) {
    try {
      return Files.readString(target);
    } catch (IOException e) {
      throw new UncheckedIOException(target + " can't be read", e);
    }
  }

  private <T> T read(String method, String path, Class<T> type) {
    HttpResponse<Buffer> response =
        call.send(
            method + " " + path, QUICK, () -> request(HttpMethod.valueOf(method), path).send());
    return json(method + " " + path, response, type);
  }

  private static <T> T json(String what, HttpResponse<Buffer> response, Class<T> type) {
    if (response.statusCode() != OK) {
      throw Refusals.of(what, response);
    }
    String text = response.bodyAsString();
    try {
      return TrainingJson.read(text, type);
    } catch (IllegalArgumentException e) {
      // JSON has no NaN: a backend that prints one all the same sends what isn't JSON.
      boolean notFinite = text != null && text.matches("(?s).*:\\s*[+-]?(NaN|Infinity).*");
      throw StepFailedException.lasting(
          notFinite ? FailureKind.BACKEND_NOT_FINITE : FailureKind.BACKEND_ERROR,
          what + ": " + e.getMessage() + ": " + text,
          e);
    }
  }

  private HttpRequest<Buffer> request(HttpMethod method, String path) {
    HttpRequest<Buffer> request = client.requestAbs(method, base + path);
    config.tokenFile().ifPresent(file -> request.bearerTokenAuthentication(token(file)));
    return request;
  }

  private static String token(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new UncheckedIOException("training.token_file: " + file + " can't be read", e);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
