package io.rewarddance.driver.triton;

import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.MoreExecutors;
import io.grpc.Status;
import io.rewarddance.proto.tensor.TensorException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Turns a gRPC call into a future that cancels the call when it is cancelled. */
final class Futures {
  private static final Pattern CHANNEL_PIPELINE = Pattern.compile("\\R?Channel Pipeline: \\[.*]");

  private Futures() {}

  static <T> CompletableFuture<T> of(ListenableFuture<T> call, String endpoint) {
    return of(call, endpoint, Function.identity());
  }

  /**
   * @param read makes the result of the call's message; what it throws fails the future
   */
  static <M, T> CompletableFuture<T> of(
      ListenableFuture<M> call, String endpoint, Function<M, T> read) {
    CompletableFuture<T> future = new CompletableFuture<>();
    com.google.common.util.concurrent.Futures.addCallback(
        call,
        new FutureCallback<M>() {
          @Override
          public void onSuccess(M message) {
            try {
              future.complete(read.apply(message));
            } catch (RuntimeException e) {
              future.completeExceptionally(typed(e, endpoint));
            }
          }

          @Override
          public void onFailure(Throwable failure) {
            future.completeExceptionally(typed(failure, endpoint));
          }
        },
        MoreExecutors.directExecutor());
    future.whenComplete(
        (result, failure) -> {
          if (future.isCancelled()) {
            call.cancel(true);
          }
        });
    return future;
  }

  static TritonException typed(Throwable failure, String endpoint) {
    if (failure instanceof TritonException known) {
      return known;
    }
    if (failure instanceof TensorException) {
      return new TritonException(ErrorKind.BAD_ANSWER, endpoint, failure.getMessage(), failure);
    }
    Status status = Status.fromThrowable(failure);
    return new TritonException(
        ErrorClassifier.classify(status), endpoint, text(status, failure), failure);
  }

  /**
   * Of a connection that fails the status says "io exception", and maybe what handled it; its cause
   * says why.
   */
  private static String text(Status status, Throwable failure) {
    String text =
        status.getDescription() == null
            ? failure.toString()
            : CHANNEL_PIPELINE.matcher(status.getDescription()).replaceFirst("");
    Throwable root = status.getCause();
    while (root != null && root.getCause() != null) {
      root = root.getCause();
    }
    return root == null || root.getMessage() == null || text.contains(root.getMessage())
        ? text
        : text + ": " + root.getMessage();
  }
}
