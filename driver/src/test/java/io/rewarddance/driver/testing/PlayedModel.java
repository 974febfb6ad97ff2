package io.rewarddance.driver.testing;

import io.rewarddance.driver.model.Inference;
import io.rewarddance.driver.triton.InferAnswer;
import io.rewarddance.driver.triton.InferCall;
import io.rewarddance.driver.triton.TritonException;
import io.rewarddance.proto.tensor.Tensor;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A model that a function plays; no server. */
public final class PlayedModel implements Inference {
  /** Every call, in order. */
  public final List<InferCall> calls = new CopyOnWriteArrayList<>();

  private final Function<InferCall, List<Tensor>> answers;

  /**
   * @param answers may throw a {@link TritonException}, which then fails the call
   */
  public PlayedModel(Function<InferCall, List<Tensor>> answers) {
    this.answers = answers;
  }

  @Override
  public CompletableFuture<InferAnswer> infer(InferCall call) {
    calls.add(call);
    try {
      return CompletableFuture.completedFuture(
          new InferAnswer(
              "host:1",
              1,
              answers.apply(call).stream()
                  .collect(Collectors.toMap(Tensor::name, Function.identity()))));
    } catch (TritonException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** An input of a call. */
  public static Tensor input(InferCall call, String name) {
    return call.inputs().stream().filter(t -> t.name().equals(name)).findFirst().orElseThrow();
  }

  /** Rows of a call. */
  public static int rows(InferCall call) {
    return (int) call.inputs().get(0).dimension(0);
  }
}
