package io.rewarddance.embedded.trainer.http;

import io.rewarddance.embedded.trainer.service.Fault;
import io.rewarddance.embedded.trainer.service.FaultException;
import io.rewarddance.proto.training.TrainingError;
import io.rewarddance.proto.training.TrainingJson;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes answers. */
final class Replies {
  private static final Logger LOG = LoggerFactory.getLogger(Replies.class);
  private static final int RETRY_SECONDS = 1;

  private Replies() {}

  static void json(RoutingContext context, int status, Object message) {
    HttpServerResponse response = context.response();
    if (response.ended() || response.closed()) {
      return;
    }
    response
        .setStatusCode(status)
        .putHeader("content-type", "application/json")
        .end(TrainingJson.write(message));
  }

  static void error(RoutingContext context, Throwable failure) {
    FaultException fault =
        failure instanceof FaultException known ? known : unexpected(context, failure);
    if (fault.fault() == Fault.BUSY) {
      context.response().putHeader("retry-after", String.valueOf(RETRY_SECONDS));
    }
    if (fault.fault() == Fault.UNAUTHORIZED) {
      context.response().putHeader("www-authenticate", "Bearer");
    }
    TrainingError error = new TrainingError(fault.fault().code(), fault.getMessage());
    json(context, fault.fault().status(), error);
  }

  private static FaultException unexpected(RoutingContext context, Throwable failure) {
    LOG.error("{} {}", context.request().method(), context.request().path(), failure);
    return new FaultException(Fault.INTERNAL, String.valueOf(failure), failure);
  }
}
