package io.rewarddance.embedded.server.schedule;

import io.rewarddance.embedded.model.FailureCode;
import io.rewarddance.embedded.model.InferCall;
import io.rewarddance.embedded.model.InferResult;
import io.rewarddance.proto.tensor.Shapes;
import io.rewarddance.proto.tensor.Tensor;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A call that waits for its batch.
 *
 * @param call what the model gets
 * @param rows its batch size; 1 for a model that does not batch
 * @param signature names and row shapes of the inputs: only calls of equal signature share a batch
 * @param priority 1 is served first; 0 where the model has no levels
 * @param timeoutNanos how long it may wait, 0 for ever; only where the model lets requests say so
 * @param enqueuedNanos {@link System#nanoTime()} of its arrival
 * @param completion gets the outcome, once, on the thread that made it
 */
public record PendingCall(
    InferCall call,
    int rows,
    String signature,
    long priority,
    long timeoutNanos,
    long enqueuedNanos,
    Consumer<Outcome> completion) {

  /** Names and shapes of a call's inputs, rows left out where the model batches. */
  public static String signature(InferCall call, boolean batched) {
    StringBuilder text = new StringBuilder();
    new TreeMap<>(call.inputs())
        .forEach(
            (name, tensor) ->
                text.append(name).append(Shapes.text(signatureShape(tensor, batched))).append(';'));
    return text.toString();
  }

  private static long[] signatureShape(Tensor tensor, boolean batched) {
    return batched ? Shapes.rowShape(tensor.shape()) : tensor.shape();
  }

  void fail(FailureCode code, String text) {
    completion.accept(new Outcome(InferResult.failure(code, text), Optional.empty()));
  }
}
