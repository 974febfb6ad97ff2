package io.rewarddance.embedded.server.grpc;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.rewarddance.embedded.server.RequestException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends unary calls. */
final class Answers {
  private static final Logger log = LoggerFactory.getLogger(Answers.class);

  private Answers() {}

  /** Answers with what {@code work} returns, or with the status of what it throws. */
  static <T> void answer(StreamObserver<T> observer, Supplier<T> work) {
    T response;
    try {
      response = work.get();
    } catch (RuntimeException e) {
      fail(observer, e);
      return;
    }
    observer.onNext(response);
    observer.onCompleted();
  }

  static void fail(StreamObserver<?> observer, RuntimeException problem) {
    observer.onError(status(problem).asRuntimeException());
  }

  static Status status(RuntimeException problem) {
    if (problem instanceof RequestException request) {
      return request.toStatus();
    }
    log.error("a call failed unexpectedly", problem);
    return Status.INTERNAL.withDescription(problem.toString());
  }
}
