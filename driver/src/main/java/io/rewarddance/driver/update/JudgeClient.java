package io.rewarddance.driver.update;

import io.rewarddance.driver.config.BackendConfig;
import io.rewarddance.driver.failure.StepFailedException;
import io.rewarddance.proto.training.JudgeUpdateProgress;
import io.rewarddance.proto.training.JudgeUpdateRequest;
import io.rewarddance.proto.training.JudgeUpdateResult;
import io.rewarddance.proto.training.TrainingJson;
import io.rewarddance.rollout.FailureKind;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;

/**
 * The training backend's judges over HTTP (openapi/training-backend.yaml). Calls block their
 * thread, which must be none of Vert.x's, and throw {@link StepFailedException} when they got no
 * good answer.
 */
public final class JudgeClient implements AutoCloseable {
  /** Short, so that progress is seen. */
  private static final int POLL_SECONDS = 1;

  private final BackendSession session;

  /**
   * @param endpoint where the backend answers
   * @param random uniform in [0, 1), for the jitter of retries
   * @throws IllegalArgumentException when a token would travel unencrypted to another machine, or
   *     certificates can't be used
   */
  public JudgeClient(Vertx vertx, URI endpoint, BackendConfig config, DoubleSupplier random) {
    session = new BackendSession(vertx, endpoint, config, random);
  }

  /**
   * Trains a judge and waits for the end, at most the configured deadline.
   *
   * @param step number of the update, from 0
   * @param progress told how far the backend is
   */
  public JudgeUpdateResult update(
      String judge, int step, JudgeUpdateRequest request, Consumer<JudgeUpdateProgress> progress) {
    String json = TrainingJson.write(request);
    JudgeUpdateResult result =
        session.update(
            "/v1/judges/" + judge + "/updates/" + step,
            post ->
                post.putHeader("content-type", "application/json").sendBuffer(Buffer.buffer(json)),
            POLL_SECONDS,
            text -> progress.accept(progress(text)),
            JudgeUpdateResult.class);
    check(result, judge, step, request);
    return result;
  }

  private static JudgeUpdateProgress progress(String text) {
    try {
      return TrainingJson.read(text, JudgeUpdateProgress.class);
    } catch (IllegalArgumentException e) {
      throw StepFailedException.lasting(FailureKind.BACKEND_ERROR, e.getMessage(), e);
    }
  }

  private static void check(
      JudgeUpdateResult result, String judge, int step, JudgeUpdateRequest request) {
    require(result.judge().equals(judge), "judge", result.judge(), judge);
    require(result.step() == step, "step", result.step(), step);
    require(
        result.weightsDigest().matches("[0-9a-f]{64}"),
        "weightsDigest",
        result.weightsDigest(),
        "64 lower-case hex digits");
    List<String> asked =
        request.validation().stream().map(JudgeUpdateRequest.Validation::name).toList();
    List<String> measured =
        result.validation().stream().map(JudgeUpdateResult.Validation::name).toList();
    require(measured.equals(asked), "validation", measured, asked);
    for (double number : new double[] {result.loss(), result.gradientNorm(), result.seconds()}) {
      require(Double.isFinite(number), "loss, gradientNorm, seconds", number, "a finite number");
    }
  }

  private static void require(boolean holds, String name, Object got, Object expected) {
    if (!holds) {
      throw StepFailedException.lasting(
          FailureKind.BACKEND_ERROR,
          "judge update result: " + name + ": " + got + " (expected: " + expected + ")",
          null);
    }
  }

  /**
   * Downloads a judge's averaged weights.
   *
   * @param step the update that they come from
   * @param target overwritten; its content is not yet known to be right
   */
  public void weights(String judge, int step, Path target) {
    session.download("/v1/judges/" + judge + "/weights?step=" + step, target);
  }

  @Override
  public void close() {
    session.close();
  }
}
