package io.rewarddance.driver.conformance;

import com.google.protobuf.Message;
import io.grpc.Status;
import io.rewarddance.driver.testing.TritonConfigs;
import io.rewarddance.driver.triton.InferAnswer;
import io.rewarddance.driver.triton.InferCall;
import io.rewarddance.driver.triton.TritonClient;
import io.rewarddance.driver.triton.TritonException;
import io.rewarddance.proto.tensor.InferCodec;
import io.rewarddance.proto.triton.ModelInferRequest;
import io.rewarddance.proto.triton.ModelInferResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** The client that runs use, for all that it has words for; stubs for what no run ever says. */
final class DriversClient implements Transport {
  private static final Duration DEADLINE = Duration.ofSeconds(120);

  private final TritonClient client;
  private final DriversControl control;
  private final Transport otherwise;
  private int said;

  DriversClient(String endpoint) {
    client = TritonClient.connect(List.of(endpoint), TritonConfigs.ofDeadline(DEADLINE), () -> 0);
    control = new DriversControl(client.controls().get(0), DEADLINE);
    otherwise = new Stubs(endpoint);
  }

  /** How many requests went through the driver's client. */
  int said() {
    return said;
  }

  @Override
  public Outcome infer(ModelInferRequest request) {
    return DriversCalls.of(request)
        .map(call -> ask(call).join())
        .orElseGet(() -> otherwise.infer(request));
  }

  /** Under way with as many others as the client lets through. */
  CompletableFuture<Outcome> ask(InferCall call) {
    return outcome(client.infer(call).thenApply(answer -> Outcome.inferred(message(call, answer))));
  }

  private static ModelInferResponse message(InferCall call, InferAnswer answer) {
    ModelInferResponse.Builder message =
        ModelInferResponse.newBuilder()
            .setModelName(call.model())
            .setModelVersion(Long.toString(answer.version()))
            .setId(call.id());
    InferCodec.addOutputs(
        message, answer.outputs().keySet().stream().sorted().map(answer::output).toList());
    return message.build();
  }

  @Override
  public List<Outcome> stream(List<ModelInferRequest> requests) {
    return otherwise.stream(requests);
  }

  @Override
  public Outcome control(String rpc, Message request) {
    return control
        .ask(rpc, request)
        .map(answer -> outcome(answer.thenApply(Outcome::answered)).join())
        .orElseGet(() -> otherwise.control(rpc, request));
  }

  private CompletableFuture<Outcome> outcome(CompletableFuture<Outcome> answer) {
    said++;
    return answer.exceptionally(DriversClient::refused);
  }

  /** The server's code, and the driver's text, which must have the server's words in it. */
  private static Outcome refused(Throwable failure) {
    TritonException error =
        (TritonException) (failure instanceof CompletionException ? failure.getCause() : failure);
    Outcome told = Outcome.failed(Status.fromThrowable(error));
    if (!error.getMessage().endsWith(": " + told.message())) {
      throw new IllegalStateException(
          "the driver says '%s' for '%s'".formatted(error.getMessage(), told.message()), error);
    }
    return told.withMessage(error.kind() + " " + told.message());
  }

  @Override
  public void close() {
    client.close();
    otherwise.close();
  }
}
