package io.rewarddance.driver.triton;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.rewarddance.proto.tensor.Tensor;
import io.rewarddance.proto.tensor.Tensors;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** Calls to a model "m", and what becomes of them. */
final class Calls {
  static final Tensor OUTPUT = Tensors.ofFp32("out", new long[] {1, 2}, 1.5f, -2);

  private Calls() {}

  static InferCall call(String id) {
    return call(id, 0);
  }

  /** A call whose input and expected answer count so many bytes more than the four of its input. */
  static InferCall call(String id, long answerBytes) {
    Tensor input = Tensors.ofInt32("in", new long[] {1, 1}, 7);
    return new InferCall("m", InferCall.NEWEST, id, List.of(input), List.of("out"), answerBytes);
  }

  static InferAnswer answer(CompletableFuture<InferAnswer> future) {
    return future.orTimeout(20, TimeUnit.SECONDS).join();
  }

  static TritonException failure(CompletableFuture<?> future) {
    Throwable thrown = catchThrowable(() -> future.orTimeout(20, TimeUnit.SECONDS).join());
    assertThat(thrown).isInstanceOf(CompletionException.class);
    assertThat(thrown.getCause()).isInstanceOf(TritonException.class);
    return (TritonException) thrown.getCause();
  }
}
