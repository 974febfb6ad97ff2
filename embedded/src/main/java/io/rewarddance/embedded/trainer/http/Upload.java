package io.rewarddance.embedded.trainer.http;

import io.rewarddance.embedded.trainer.service.Fault;
import io.rewarddance.embedded.trainer.service.FaultException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.http.HttpServerRequest;
import java.nio.file.Path;

/** Streams a request's body to a file, up to a limit, at the pace of the disk. */
final class Upload {
  private final HttpServerRequest request;
  private final AsyncFile file;
  private final long limit;
  private final Promise<Path> done = Promise.promise();
  private long received;

  private Upload(HttpServerRequest request, AsyncFile file, long limit) {
    this.request = request;
    this.file = file;
    this.limit = limit;
  }

  /**
   * Takes a paused request's body.
   *
   * @return the file's path once it is complete, or a {@link FaultException}
   */
  static Future<Path> to(Path path, HttpServerRequest request, AsyncFile file, long limit) {
    Upload upload = new Upload(request, file, limit);
    request.handler(upload::take);
    request.endHandler(end -> upload.finish(path));
    request.exceptionHandler(upload::abort);
    request.resume();
    return upload.done.future();
  }

  private void take(Buffer part) {
    received += part.length();
    if (received > limit) {
      request.handler(rest -> {});
      abort(
          new FaultException(
              Fault.TOO_LARGE, "body: more than " + limit + " bytes (expected: at most that)"));
      return;
    }
    file.write(part);
    if (file.writeQueueFull()) {
      request.pause();
      file.drainHandler(drained -> request.resume());
    }
  }

  private void finish(Path path) {
    if (!done.future().isComplete()) {
      file.close().onSuccess(closed -> done.tryComplete(path)).onFailure(done::tryFail);
    }
  }

  private void abort(Throwable failure) {
    if (done.tryFail(failure)) {
      file.close();
    }
  }
}
