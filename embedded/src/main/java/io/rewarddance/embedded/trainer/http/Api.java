package io.rewarddance.embedded.trainer.http;

import io.rewarddance.embedded.trainer.service.Counters;
import io.rewarddance.embedded.trainer.service.Fault;
import io.rewarddance.embedded.trainer.service.FaultException;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.Pointer;

/** The routes. */
final class Api {
  private static final int NOT_FOUND = 404;
  private static final int NOT_ALLOWED = 405;
  private static final int TOO_LARGE = 413;

  private final Vertx vertx;
  private final Optional<PolicyApi> policy;
  private final JudgeApi judges;
  private final Counters counters;

  /**
   * @param policy empty when only judges are trained
   */
  Api(Vertx vertx, Optional<PolicyApi> policy, JudgeApi judges, Counters counters) {
    this.vertx = vertx;
    this.policy = policy;
    this.judges = judges;
    this.counters = counters;
  }

  Router router(Optional<String> token) {
    Router router = Router.router(vertx);
    router.get("/health").handler(this::health);
    router.route().handler(new Authorization(token));
    router.get("/metrics").handler(this::metrics);
    policy.ifPresentOrElse(api -> api.addTo(router), () -> refusePolicies(router));
    judges.addTo(router);
    router.route().failureHandler(c -> Replies.error(c, failure(c)));
    router.errorHandler(NOT_FOUND, c -> Replies.error(c, notFound(c)));
    router.errorHandler(NOT_ALLOWED, c -> Replies.error(c, notFound(c)));
    return router;
  }

  private void health(RoutingContext context) {
    Replies.json(context, 200, Map.of("status", "ok", "policyVersion", version()));
  }

  private void metrics(RoutingContext context) {
    context
        .response()
        .putHeader("content-type", "text/plain; version=0.0.4; charset=utf-8")
        .end(counters.prometheus(version(), Pointer.totalBytes()));
  }

  /** Of the current policy; 0 when there is none. */
  private long version() {
    return policy.map(PolicyApi::version).orElse(0L);
  }

  private static void refusePolicies(Router router) {
    for (String path : new String[] {"/v1/policy", "/v1/policies/*", "/v1/runs/*"}) {
      router
          .route(path)
          .handler(
              context -> {
                throw new FaultException(
                    Fault.UNKNOWN_POLICY,
                    context.request().path()
                        + ": this backend was started without a policy (expected: judges only)");
              });
    }
  }

  private static Throwable failure(RoutingContext context) {
    if (context.failure() != null) {
      return context.failure();
    }
    return switch (context.statusCode()) {
      case TOO_LARGE ->
          new FaultException(Fault.TOO_LARGE, "body: more than " + SmallBody.LIMIT + " bytes");
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
}
