package io.rewarddance.embedded.trainer.http;

import io.rewarddance.embedded.trainer.service.Fault;
import io.rewarddance.embedded.trainer.service.FaultException;
import io.rewarddance.embedded.trainer.service.JudgeJob;
import io.rewarddance.embedded.trainer.service.JudgeService;
import io.rewarddance.embedded.trainer.service.JudgeSubmission;
import io.rewarddance.proto.training.JudgeUpdateRequest;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Objects;
import java.util.OptionalInt;

/** The routes of judges. */
final class JudgeApi {
  private final Vertx vertx;
  private final JudgeService service;
  private final FileReference references;
  private final Waiting waiting;

  JudgeApi(Vertx vertx, JudgeService service, FileReference references) {
    this.vertx = vertx;
    this.service = service;
    this.references = references;
    this.waiting = new Waiting(vertx);
  }

  void addTo(Router router) {
    router.get("/v1/judges/:judge").handler(this::state);
    router
        .post("/v1/judges/:judge/updates/:step")
        .handler(SmallBody.handler())
        .handler(this::update);
    router.get("/v1/judges/:judge/updates/:step").handler(this::progress);
    router.get("/v1/judges/:judge/weights").handler(this::weights);
  }

  private void state(RoutingContext context) {
    vertx
        .executeBlocking(() -> service.state(context.pathParam("judge")), false)
        .onSuccess(state -> Replies.json(context, 200, state))
        .onFailure(failure -> Replies.error(context, failure));
  }

  private void update(RoutingContext context) {
    int step = PathNumber.of(context, "step");
    Waiting.seconds(context);
    JudgeUpdateRequest request =
        SmallBody.read(context, JudgeUpdateRequest.class, "a JudgeUpdateRequest");
    requireWhole(request);
    String judge = context.pathParam("judge");
    vertx
        .executeBlocking(() -> accept(judge, step, request), false)
        .onSuccess(job -> waiting.answer(context, job))
        .onFailure(failure -> Replies.error(context, failure));
  }

  private void progress(RoutingContext context) {
    int step = PathNumber.of(context, "step");
    Waiting.seconds(context);
    vertx
        .executeBlocking(() -> service.find(context.pathParam("judge"), step), false)
        .onSuccess(job -> waiting.answer(context, job))
        .onFailure(failure -> Replies.error(context, failure));
  }

  private void weights(RoutingContext context) {
    String step = context.request().getParam("step");
    OptionalInt wanted =
        step == null ? OptionalInt.empty() : OptionalInt.of(PathNumber.of("step", step));
    vertx
        .executeBlocking(
            () -> new WeightsFile(service.weights(context.pathParam("judge"), wanted)), false)
        .onSuccess(file -> file.send(context))
        .onFailure(failure -> Replies.error(context, failure));
  }

  private JudgeJob accept(String judge, int step, JudgeUpdateRequest request) {
    String digest = JudgeSubmission.digest(request);
    return service
        .accepted(judge, step, digest)
        .orElseGet(
            () ->
                service.submit(new JudgeSubmission(judge, step, request, digest, files(request))));
  }

  private JudgeSubmission.Files files(JudgeUpdateRequest request) {
    return new JudgeSubmission.Files(
        references.resolve(request.base().uri()),
        references.resolve(request.preferences().uri()),
        request.validation().stream().map(v -> references.resolve(v.uri())).toList());
  }

  private static void requireWhole(JudgeUpdateRequest request) {
    try {
      requirePresent("base", request.base());
      requirePresent("preferences", request.preferences());
      requirePresent("validation", request.validation());
      requirePresent("settings", request.settings());
      requirePresent("settings.recipe", request.settings().recipe());
      requirePresent("settings.reasons", request.settings().reasons());
      requirePresent("settings.bradleyTerryOn", request.settings().bradleyTerryOn());
      requirePresent("settings.optimizer", request.settings().optimizer());
      requirePresent("settings.schedule", request.settings().schedule());
      FileReference.requireDigest("base.sha256", request.base().sha256());
      FileReference.requireDigest("preferences.sha256", request.preferences().sha256());
      for (JudgeUpdateRequest.Validation file : request.validation()) {
        requirePresent("validation.name", Objects.requireNonNullElse(file.name(), ""));
        FileReference.requireDigest("validation.sha256", file.sha256());
      }
    } catch (IllegalArgumentException e) {
      throw new FaultException(Fault.BAD_REQUEST, e.getMessage(), e);
    }
  }

  private static void requirePresent(String name, Object value) {
    if (value == null || value.equals("")) {
      throw new IllegalArgumentException(name + ": " + value + " (expected: a value)");
    }
  }
}
