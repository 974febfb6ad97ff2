package io.rewarddance.embedded.trainer.http;

import io.rewarddance.embedded.trainer.service.Fault;
import io.rewarddance.embedded.trainer.service.FaultException;
import io.vertx.ext.web.RoutingContext;

/** Numbers in requests. */
final class PathNumber {
  private static final String NUMBER = "\\d{1,9}";

  private PathNumber() {}

  static int of(RoutingContext context, String name) {
    return of(name, context.pathParam(name));
  }

  static int of(String name, String text) {
    if (!text.matches(NUMBER)) {
      throw new FaultException(Fault.BAD_REQUEST, name + ": " + text + " (expected: 0 or above)");
    }
    return Integer.parseInt(text);
  }
}
