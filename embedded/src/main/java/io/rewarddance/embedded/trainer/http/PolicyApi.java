package io.rewarddance.embedded.trainer.http;

import io.rewarddance.embedded.trainer.service.UpdateService;
import io.rewarddance.embedded.trainer.service.WeightsKind;
import io.rewarddance.proto.training.RollbackRequest;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** The routes of the policy and its run. */
final class PolicyApi {
  private final Vertx vertx;
  private final UpdateService service;
  private final Intake intake;
  private final Waiting waiting;

  PolicyApi(Vertx vertx, UpdateService service, Intake intake) {
    this.vertx = vertx;
    this.service = service;
    this.intake = intake;
    this.waiting = new Waiting(vertx);
  }

  void addTo(Router router) {
    router.get("/v1/policy").handler(c -> Replies.json(c, 200, service.policy()));
    router.post("/v1/runs/:run/updates/:iteration").handler(this::update);
    router.get("/v1/runs/:run/updates/:iteration").handler(this::progress);
    router.post("/v1/runs/:run/rollback").handler(SmallBody.handler()).handler(this::rollback);
    router.get("/v1/policies/:version/weights").handler(this::weights);
  }

  /** Of the current policy. */
  long version() {
    return service.policy().policyVersion();
  }

  private void update(RoutingContext context) {
    int iteration = PathNumber.of(context, "iteration");
    Waiting.seconds(context);
    intake
        .take(context, context.pathParam("run"), iteration)
        .onSuccess(job -> waiting.answer(context, job))
        .onFailure(failure -> Replies.error(context, failure));
  }

  private void progress(RoutingContext context) {
    int iteration = PathNumber.of(context, "iteration");
    waiting.answer(context, service.find(context.pathParam("run"), iteration));
  }

  private void rollback(RoutingContext context) {
    RollbackRequest request =
        SmallBody.read(context, RollbackRequest.class, "{\"iteration\": number}");
    String run = context.pathParam("run");
    vertx
        .executeBlocking(() -> service.rollback(run, request.iteration()), false)
        .onSuccess(policy -> Replies.json(context, 200, policy))
        .onFailure(failure -> Replies.error(context, failure));
  }

  private void weights(RoutingContext context) {
    int version = PathNumber.of(context, "version");
    WeightsKind kind = WeightsKind.of(context.request().getParam("kind", "policy"));
    vertx
        .executeBlocking(() -> new WeightsFile(service.weights(version, kind)), false)
        .onSuccess(file -> file.send(context))
        .onFailure(failure -> Replies.error(context, failure));
  }
}
