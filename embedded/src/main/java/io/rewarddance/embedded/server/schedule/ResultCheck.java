package io.rewarddance.embedded.server.schedule;

import io.rewarddance.embedded.model.FailureCode;
import io.rewarddance.embedded.model.InferResult;
import io.rewarddance.proto.tensor.DataType;
import io.rewarddance.proto.tensor.Shapes;
import io.rewarddance.proto.tensor.Tensor;
import io.rewarddance.proto.triton.ModelConfig;
import io.rewarddance.proto.triton.ModelOutput;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Holds a model's results to its configuration; a wrong one becomes an INTERNAL failure. */
final class ResultCheck {
  private static final Logger log = LoggerFactory.getLogger(ResultCheck.class);

  private final ModelConfig config;
  private final boolean batched;

  ResultCheck(ModelConfig config) {
    this.config = config;
    this.batched = config.getMaxBatchSize() > 0;
  }

  /** What takes the place of a batch's results when the model threw something instead. */
  List<CompletableFuture<InferResult>> thrown(int calls, Throwable problem) {
    return Collections.nCopies(calls, CompletableFuture.completedFuture(failure(problem)));
  }

  private InferResult failure(Throwable problem) {
    log.error("model '{}' failed", config.getName(), problem);
    return InferResult.failure(
        FailureCode.INTERNAL, "model '%s' failed: %s".formatted(config.getName(), problem));
  }

  List<CompletableFuture<InferResult>> sized(
      int calls, List<CompletableFuture<InferResult>> results) {
    if (results.size() == calls) {
      return results;
    }
    String text =
        "model '%s' gave %d results for %d requests"
            .formatted(config.getName(), results.size(), calls);
    return Collections.nCopies(
        calls, CompletableFuture.completedFuture(InferResult.failure(FailureCode.INTERNAL, text)));
  }

  /**
   * @param result null when {@code thrown} is what came instead
   */
  InferResult checked(PendingCall call, InferResult result, Throwable thrown) {
    if (thrown != null) {
      boolean wrapped = thrown instanceof CompletionException && thrown.getCause() != null;
      return failure(wrapped ? thrown.getCause() : thrown);
    }
    if (!(result instanceof InferResult.Success success)) {
      return result;
    }
    for (ModelOutput output : config.getOutputList()) {
      Tensor tensor = success.outputs().get(output.getName());
      Optional<String> problem =
          tensor == null || !call.call().wants(output.getName())
              ? Optional.empty()
              : problem(call, output, tensor);
      if (problem.isPresent()) {
        return InferResult.failure(FailureCode.INTERNAL, problem.get());
      }
    }
    return result;
  }

  private Optional<String> problem(PendingCall call, ModelOutput output, Tensor tensor) {
    DataType wanted = DataType.ofConfig(output.getDataType()).orElseThrow();
    long[] expected = Shapes.of(modelDims(output));
    long[] actual = tensor.shape();
    boolean hasRows = !batched || (actual.length > 0 && actual[0] == call.rows());
    long[] dims = batched && actual.length > 0 ? Shapes.rowShape(actual) : actual;
    if (tensor.type() == wanted && hasRows && matches(expected, dims)) {
      return Optional.empty();
    }
    long[] full = batched ? Shapes.withRows(call.rows(), expected) : expected;
    return Optional.of(
        "model '%s' gave output '%s' as %s %s (expected: %s %s)"
            .formatted(
                config.getName(),
                output.getName(),
                tensor.type().wireName(),
                Shapes.text(actual),
                wanted.wireName(),
                Shapes.text(full)));
  }

  private static List<Long> modelDims(ModelOutput output) {
    return output.hasReshape() ? output.getReshape().getShapeList() : output.getDimsList();
  }

  private static boolean matches(long[] expected, long[] actual) {
    if (expected.length != actual.length) {
      return false;
    }
    for (int i = 0; i < expected.length; i++) {
      if (expected[i] != -1 && expected[i] != actual[i]) {
        return false;
      }
    }
    return true;
  }
}
