package io.rewarddance.driver.update;

import io.rewarddance.driver.config.TrainingConfig;
import io.rewarddance.driver.failure.StepFailedException;
import io.rewarddance.proto.training.PolicyState;
import io.rewarddance.proto.training.UpdateResult;
import io.rewarddance.rollout.PolicyRef;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.OpenOptions;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import java.net.URI;
import java.nio.file.Path;
import java.util.function.DoubleSupplier;

/**
 * The training backend's policies over HTTP (openapi/training-backend.yaml). Calls block their
 * thread, which must be none of Vert.x's, and throw {@link StepFailedException} when they got no
 * good answer.
 */
public final class TrainingClient implements AutoCloseable {
  private static final int POLL_SECONDS = 20;

  private final BackendSession session;

  /**
   * @param endpoint where the backend answers; taken instead of the configuration's, which is empty
   *     where the backend is embedded
   * @param random uniform in [0, 1), for the jitter of retries
   * @throws IllegalArgumentException when a token would travel unencrypted to another machine, or
   *     certificates can't be used
   */
  public TrainingClient(Vertx vertx, URI endpoint, TrainingConfig config, DoubleSupplier random) {
    session = new BackendSession(vertx, endpoint, config.backend(), random);
  }

  /** The policy that the backend would publish now. */
  public PolicyState policy() {
    return session.read("/v1/policy", PolicyState.class);
  }

  /**
   * Trains on a file and waits for the end, at most the configured deadline.
   *
   * @param baseVersion version that drew the rollouts
   */
  public UpdateResult update(UpdateOrder order, long baseVersion) {
    UpdateResult result =
        session.update(
            order.path(),
            request -> upload(request, order),
            POLL_SECONDS,
            progress -> {},
            UpdateResult.class);
    return UpdateCheck.check(result, order, baseVersion);
  }

  private Future<HttpResponse<Buffer>> upload(HttpRequest<Buffer> request, UpdateOrder order) {
    request.putHeader("content-type", "application/x-hdf5");
    return session
        .vertx()
        .fileSystem()
        .open(order.file().toString(), new OpenOptions().setWrite(false).setCreate(false))
        .compose(file -> request.sendStream(file).onComplete(sent -> file.close()));
  }

  /**
   * Downloads a policy's weights.
   *
   * @param target overwritten; its content is not yet known to be right
   */
  public void weights(PolicyRef policy, Path target) {
    session.download("/v1/policies/" + policy.version() + "/weights", target);
  }

  @Override
  public void close() {
    session.close();
  }
}
