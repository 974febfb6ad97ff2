package io.rewarddance.embedded.trainer.http;

import io.rewarddance.embedded.trainer.service.Fault;
import io.rewarddance.embedded.trainer.service.FaultException;
import io.rewarddance.proto.training.TrainingJson;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;

/** JSON bodies that fit into memory. */
final class SmallBody {
  static final int LIMIT = 1 << 16;

  private SmallBody() {}

  static BodyHandler handler() {
    return BodyHandler.create(false).setBodyLimit(LIMIT);
  }

  /** The body as a message; {@code expected} is what a refusal says. */
  static <T> T read(RoutingContext context, Class<T> type, String expected) {
    try {
      return TrainingJson.read(context.body().asString("UTF-8"), type);
    } catch (IllegalArgumentException | NullPointerException e) {
      throw new FaultException(
          Fault.BAD_REQUEST, "body: " + e.getMessage() + " (expected: " + expected + ")", e);
    }
  }
}
