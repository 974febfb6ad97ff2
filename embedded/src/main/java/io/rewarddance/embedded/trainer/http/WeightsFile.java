package io.rewarddance.embedded.trainer.http;

import io.rewarddance.rollout.digest.Sha256;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;

/** A weights file and its entity tag, the quoted digest. */
final class WeightsFile {
  private static final int NOT_MODIFIED = 304;

  private final byte[] bytes;
  private final String tag;

  WeightsFile(byte[] bytes) {
    this.bytes = bytes;
    this.tag = '"' + Sha256.of(bytes) + '"';
  }

  /** Unless the client has it already. */
  void send(RoutingContext context) {
    context.response().putHeader("etag", tag);
    if (tag.equals(context.request().getHeader("if-none-match"))) {
      context.response().setStatusCode(NOT_MODIFIED).end();
      return;
    }
    context
        .response()
        .putHeader("content-type", "application/octet-stream")
        .end(Buffer.buffer(bytes));
  }
}
