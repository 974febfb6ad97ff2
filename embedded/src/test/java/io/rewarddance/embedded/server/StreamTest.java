package io.rewarddance.embedded.server;

import static io.rewarddance.embedded.server.TestServer.NUMBERS;
import static io.rewarddance.embedded.server.TestServer.addModel;
import static io.rewarddance.embedded.server.TestServer.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import io.rewarddance.proto.tensor.Tensors;
import io.rewarddance.proto.triton.GRPCInferenceServiceGrpc.GRPCInferenceServiceStub;
import io.rewarddance.proto.triton.ModelInferRequest;
import io.rewarddance.proto.triton.ModelInferResponse;
import io.rewarddance.proto.triton.ModelStreamInferResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamTest {
  @TempDir static Path repository;
  private static TestServer server;

  @BeforeAll
  static void start() throws Exception {
    addModel(repository, "numbers", "identity", NUMBERS);
    addModel(repository, "failing", "failing", NUMBERS);
    addModel(
        repository,
        "slow",
        "sleeper",
        NUMBERS + "parameters { key: \"sleep_ms\" value { string_value: \"100\" } }");
    server = TestServer.start(repository, FakeModels.factories());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** Collects a stream's answers, and how it ended. */
  private static final class Answers implements StreamObserver<ModelStreamInferResponse> {
    private final List<ModelStreamInferResponse> all = new ArrayList<>();
    private final CompletableFuture<Status> end = new CompletableFuture<>();

    @Override
    public void onNext(ModelStreamInferResponse answer) {
      all.add(answer);
    }

    @Override
    public void onError(Throwable problem) {
      end.complete(((StatusRuntimeException) problem).getStatus());
    }

    @Override
    public void onCompleted() {
      end.complete(Status.OK);
    }
  }

  private static ModelInferRequest call(String model, int id) {
    return request(model, Tensors.ofInt32("X", new long[] {1, 1}, id)).toBuilder()
        .setId(Integer.toString(id))
        .build();
  }

  private static Answers ask(GRPCInferenceServiceStub stub, List<ModelInferRequest> requests)
      throws Exception {
    Answers answers = new Answers();
    StreamObserver<ModelInferRequest> stream = stub.modelStreamInfer(answers);
    requests.forEach(stream::onNext);
    stream.onCompleted();
    answers.end.get(20, TimeUnit.SECONDS);
    return answers;
  }

  @Test
  void answersComeInTheOrderOfRequestsHoweverLongEachTakes() throws Exception {
    List<ModelInferRequest> requests = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      requests.add(call(i % 50 == 0 ? "slow" : "numbers", i));
    }
    Answers answers = ask(server.async(), requests);
    assertThat(answers.end.join().isOk()).isTrue();
    assertThat(answers.all).hasSize(200);
    for (int i = 0; i < 200; i++) {
      ModelInferResponse answer = answers.all.get(i).getInferResponse();
      assertThat(answer.getId()).isEqualTo(Integer.toString(i));
      assertThat(answer.getParametersOrThrow("triton_final_response").getBoolParam()).isTrue();
      assertThat(answers.all.get(i).getErrorMessage()).isEmpty();
    }
  }

  @Test
  void errorsTravelInsideAndLeaveTheStreamOpen() throws Exception {
    Answers answers =
        ask(server.async(), List.of(call("nobody", 1), call("failing", 2), call("numbers", 3)));
    assertThat(answers.end.join().isOk()).isTrue();
    assertThat(answers.all)
        .extracting(ModelStreamInferResponse::getErrorMessage)
        .containsExactly("Request for unknown model: 'nobody' is not found", "nothing works", "");
    assertThat(answers.all)
        .extracting(answer -> answer.getInferResponse().getId())
        .containsExactly("1", "2", "3");
    ModelInferResponse failed = answers.all.get(1).getInferResponse();
    assertThat(failed.getModelName()).isEqualTo("failing");
    assertThat(failed.getModelVersion()).isEmpty();
    assertThat(failed.getParametersOrThrow("triton_final_response").getBoolParam()).isTrue();
  }

  @Test
  void aClientMayAskThatAModelsErrorEndsTheStream() throws Exception {
    Metadata header = new Metadata();
    header.put(Metadata.Key.of("triton_grpc_error", Metadata.ASCII_STRING_MARSHALLER), "true");
    GRPCInferenceServiceStub stub =
        server.async().withInterceptors(MetadataUtils.newAttachHeadersInterceptor(header));
    Answers answers = ask(stub, List.of(call("numbers", 1), call("failing", 2)));
    assertThat(answers.all).hasSize(1);
    assertThat(answers.end.join().getCode()).isEqualTo(Status.Code.INTERNAL);
    assertThat(answers.end.join().getDescription()).isEqualTo("nothing works");
  }

  @Test
  void anEmptyStreamEndsWell() throws Exception {
    Answers answers = ask(server.async(), List.of());
    assertThat(answers.all).isEmpty();
    assertThat(answers.end.join().isOk()).isTrue();
  }
}
