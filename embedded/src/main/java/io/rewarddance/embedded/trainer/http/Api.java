package io.rewarddance.embedded.trainer.http;

import io.rewarddance.embedded.trainer.service.Counters;
import io.rewarddance.embedded.trainer.service.Fault;
import io.rewarddance.embedded.trainer.service.FaultException;
import io.rewarddance.embedded.trainer.service.UpdateService;
import io.rewarddance.embedded.trainer.service.WeightsKind;
import io.rewarddance.proto.training.PolicyState;
import io.rewarddance.proto.training.RollbackRequest;
import io.rewarddance.proto.training.TrainingJson;
import io.rewarddance.rollout.digest.Sha256;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.Pointer;

/** The routes. */
final class Api {
  private static final int SMALL_BODY = 1 << 16;
  private static final int NOT_MODIFIED = 304;
  private static final int NOT_FOUND = 404;
  private static final int NOT_ALLOWED = 405;
  private static final String NUMBER = "-?\\d{1,9}";

  private final Vertx vertx;
  private final UpdateService service;
  private final Intake intake;
  private final Counters counters;
  private final Waiting waiting;

  Api(Vertx vertx, UpdateService service, Intake intake, Counters counters) {
    this.vertx = vertx;
    this.service = service;
    this.intake = intake;
    this.counters = counters;
    this.waiting = new Waiting(vertx);
  }

  Router router(Optional<String> token) {
    Router router = Router.router(vertx);
    router.get("/health").handler(this::health);
    router.route().handler(new Authorization(token));
    router.get("/metrics").handler(this::metrics);
    router.get("/v1/policy").handler(c -> Replies.json(c, 200, service.policy()));
    router.post("/v1/runs/:run/updates/:iteration").handler(this::update);
    router.get("/v1/runs/:run/updates/:iteration").handler(this::progress);
    router
        .post("/v1/runs/:run/rollback")
        .handler(BodyHandler.create(false).setBodyLimit(SMALL_BODY))
        .handler(this::rollback);
    router.get("/v1/policies/:version/weights").handler(this::weights);
    router.post("/v1/judges/:judge/updates/:step").handler(Api::judgeUpdate);
    router.route().failureHandler(c -> Replies.error(c, failure(c)));
    router.errorHandler(NOT_FOUND, c -> Replies.error(c, notFound(c)));
    router.errorHandler(NOT_ALLOWED, c -> Replies.error(c, notFound(c)));
    return router;
  }

  private void health(RoutingContext context) {
    PolicyState policy = service.policy();
    Replies.json(context, 200, Map.of("status", "ok", "policyVersion", policy.policyVersion()));
  }

  private void metrics(RoutingContext context) {
    context
        .response()
        .putHeader("content-type", "text/plain; version=0.0.4; charset=utf-8")
        .end(counters.prometheus(service.policy().policyVersion(), Pointer.totalBytes()));
  }

  private void update(RoutingContext context) {
    int iteration = number(context, "iteration");
    Waiting.seconds(context);
    intake
        .take(context, context.pathParam("run"), iteration)
        .onSuccess(job -> waiting.answer(context, job))
        .onFailure(failure -> Replies.error(context, failure));
  }

  private void progress(RoutingContext context) {
    waiting.answer(context, service.find(context.pathParam("run"), number(context, "iteration")));
  }

  private void rollback(RoutingContext context) {
    RollbackRequest request;
    try {
      request = TrainingJson.read(context.body().asString("UTF-8"), RollbackRequest.class);
    } catch (IllegalArgumentException | NullPointerException e) {
      throw new FaultException(
          Fault.BAD_REQUEST, "body: " + e.getMessage() + " (expected: {\"iteration\": number})", e);
    }
    String run = context.pathParam("run");
    vertx
        .executeBlocking(() -> service.rollback(run, request.iteration()), false)
        .onSuccess(policy -> Replies.json(context, 200, policy))
        .onFailure(failure -> Replies.error(context, failure));
  }

  private void weights(RoutingContext context) {
    int version = number(context, "version");
    WeightsKind kind = WeightsKind.of(context.request().getParam("kind", "policy"));
    vertx
        .executeBlocking(() -> new Tagged(service.weights(version, kind)), false)
        .onSuccess(file -> send(context, file))
        .onFailure(failure -> Replies.error(context, failure));
  }

  private static void send(RoutingContext context, Tagged file) {
    context.response().putHeader("etag", file.tag);
    if (file.tag.equals(context.request().getHeader("if-none-match"))) {
      context.response().setStatusCode(NOT_MODIFIED).end();
      return;
    }
    context
        .response()
        .putHeader("content-type", "application/octet-stream")
        .end(Buffer.buffer(file.bytes));
  }

  private static void judgeUpdate(RoutingContext context) {
    throw new FaultException(
        Fault.NOT_IMPLEMENTED,
        "judge: " + context.pathParam("judge") + " (expected: a backend that trains judges)");
  }

  private static int number(RoutingContext context, String name) {
    String text = context.pathParam(name);
    if (!text.matches(NUMBER) || Integer.parseInt(text) < 0) {
      throw new FaultException(Fault.BAD_REQUEST, name + ": " + text + " (expected: 0 or above)");
    }
    return Integer.parseInt(text);
  }

  private static Throwable failure(RoutingContext context) {
    if (context.failure() != null) {
      return context.failure();
    }
    return switch (context.statusCode()) {
      case 413 -> new FaultException(Fault.TOO_LARGE, "body: more than " + SMALL_BODY + " bytes");
      case NOT_FOUND, NOT_ALLOWED -> notFound(context);
      default -> new FaultException(Fault.BAD_REQUEST, "status " + context.statusCode());
    };
  }

  private static FaultException notFound(RoutingContext context) {
    return new FaultException(
        Fault.NOT_FOUND,
        context.request().method()
            + " "
            + context.request().path()
            + " (expected: a call of training-backend.yaml)");
  }

  /** A weights file and its entity tag, the quoted digest. */
  private static final class Tagged {
    final byte[] bytes;
    final String tag;

    Tagged(byte[] bytes) {
      this.bytes = bytes;
      this.tag = '"' + Sha256.of(bytes) + '"';
    }
  }
}
