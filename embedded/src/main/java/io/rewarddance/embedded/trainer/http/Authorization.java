package io.rewarddance.embedded.trainer.http;

import io.rewarddance.embedded.trainer.service.Fault;
import io.rewarddance.embedded.trainer.service.FaultException;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/** Lets requests with the right bearer token through; without a token, all of them. */
final class Authorization implements Handler<RoutingContext> {
  private final Optional<byte[]> expected;

  Authorization(Optional<String> token) {
    this.expected = token.map(t -> bytes("Bearer " + t));
  }

  @Override
  public void handle(RoutingContext context) {
    String given = context.request().getHeader("authorization");
    boolean right =
        expected.isEmpty() || given != null && MessageDigest.isEqual(bytes(given), expected.get());
    if (right) {
      context.next();
    } else {
      Replies.error(
          context,
          new FaultException(
              Fault.UNAUTHORIZED, "authorization: not accepted (expected: the bearer token)"));
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
