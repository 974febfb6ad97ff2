package io.rewarddance.embedded.server.infer;

import io.grpc.Status;
import io.rewarddance.embedded.model.InferCall;
import io.rewarddance.embedded.model.InferResult;
import io.rewarddance.embedded.server.RequestException;
import io.rewarddance.embedded.server.lifecycle.LoadedVersion;
import io.rewarddance.embedded.server.lifecycle.VersionTable;
import io.rewarddance.embedded.server.memory.SharedRegions;
import io.rewarddance.embedded.server.schedule.Outcome;
import io.rewarddance.embedded.server.schedule.PendingCall;
import io.rewarddance.embedded.server.settings.TraceSettings;
import io.rewarddance.proto.tensor.InferCodec;
import io.rewarddance.proto.tensor.InputData;
import io.rewarddance.proto.tensor.Tensor;
import io.rewarddance.proto.tensor.TensorException;
import io.rewarddance.proto.triton.ModelConfig;
import io.rewarddance.proto.triton.ModelInferRequest;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The way of a request: find the version, check, queue, answer. */
public final class InferenceCalls {
  private final VersionTable table;
  private final SharedRegions regions;
  private final TraceSettings tracing;

  public InferenceCalls(VersionTable table, SharedRegions regions, TraceSettings tracing) {
    this.table = table;
    this.regions = regions;
    this.tracing = tracing;
  }

  /**
   * Starts a request.
   *
   * @param cancelled true once nobody waits for the answer
   * @param answer called once, from another thread, unless this method throws
   * @throws RequestException when the request is refused before it reaches the queue
   */
  public void submit(
      ModelInferRequest request, BooleanSupplier cancelled, Consumer<InferAnswer> answer) {
    long start = System.nanoTime();
    LoadedVersion version =
        table.acquire(request.getModelName(), ModelVersions.parse(request.getModelVersion()));
    boolean queued = false;
    try {
      queue(request, version, cancelled, start, answer);
      queued = true;
    } catch (TensorException e) {
      throw RequestException.invalid(e.getMessage());
    } finally {
      if (!queued) {
        version.release();
      }
    }
  }

  private void queue(
      ModelInferRequest request,
      LoadedVersion version,
      BooleanSupplier cancelled,
      long start,
      Consumer<InferAnswer> answer) {
    String prefix = prefix(request.getId());
    ModelConfig config = version.config();
    RequestParameters parameters = RequestParameters.of(request.getParametersMap());
    InputCheck check = new InputCheck(config, prefix);
    check.requireDistinct(request.getInputsList());
    List<InputData> inputs = InferCodec.inputData(request, this::shared);
    List<WantedOutput> wanted = WantedOutput.of(request, config, regions);
    wanted.forEach(output -> output.check(config));
    Map<String, Tensor> tensors = check.tensors(inputs);
    InferCall call =
        new InferCall(
            request.getId(),
            tensors,
            wanted.stream().map(WantedOutput::name).collect(Collectors.toSet()),
            cancelled);
    boolean batched = config.getMaxBatchSize() > 0;
    int rows = batched ? rows(tensors) : 1;
    AnswerWriter writer = new AnswerWriter(version, request.getId(), wanted);
    version.submit(
        new PendingCall(
            call,
            rows,
            PendingCall.signature(call, batched),
            parameters.priority(),
            parameters.timeoutNanos(),
            start,
            outcome -> finish(version, writer, rows, start, outcome, answer)),
        prefix);
  }

  /** A request without any input, to a model whose inputs are all optional, is one row. */
  private static int rows(Map<String, Tensor> tensors) {
    return tensors.values().stream().findFirst().map(t -> (int) t.dimension(0)).orElse(1);
  }

  private Optional<ByteBuffer> shared(ModelInferRequest.InferInputTensor input) {
    return SharedRange.of(input.getName(), input.getParametersMap(), regions)
        .map(SharedRange::bytes);
  }

  private void finish(
      LoadedVersion version,
      AnswerWriter writer,
      int rows,
      long start,
      Outcome outcome,
      Consumer<InferAnswer> answer) {
    InferAnswer made = answer(writer, outcome.result());
    long end = System.nanoTime();
    if (made instanceof InferAnswer.Answered) {
      version.statistics().succeeded(rows, outcome.timing().orElseThrow(), end);
    } else {
      version.statistics().failed(start, end);
    }
    outcome
        .timing()
        .ifPresent(
            timing -> tracing.trace(version.name(), version.version(), writer.id(), timing, end));
    try {
      answer.accept(made);
    } finally {
      version.release();
    }
  }

  private static InferAnswer answer(AnswerWriter writer, InferResult result) {
    try {
      if (result instanceof InferResult.Success success) {
        return new InferAnswer.Answered(writer.write(success.outputs()));
      }
      InferResult.Failure failure = (InferResult.Failure) result;
      return failed(
          writer, new RequestException(Status.Code.valueOf(failure.code().name()), failure.text()));
    } catch (RequestException e) {
      return failed(writer, e);
    } catch (TensorException e) {
      return failed(writer, RequestException.internal(e.getMessage()));
    }
  }

  private static InferAnswer failed(AnswerWriter writer, RequestException error) {
    return new InferAnswer.Failed(error, writer.header().clearModelVersion().build());
  }

  private static String prefix(String id) {
    return "[request id: " + (id.isEmpty() ? "<id_unknown>" : id) + "] ";
  }
}
