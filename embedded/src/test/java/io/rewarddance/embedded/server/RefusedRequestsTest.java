package io.rewarddance.embedded.server;

import static io.rewarddance.embedded.server.TestServer.NUMBERS;
import static io.rewarddance.embedded.server.TestServer.addModel;
import static io.rewarddance.embedded.server.TestServer.request;
import static io.rewarddance.proto.tensor.Tensors.ofFp32;
import static io.rewarddance.proto.tensor.Tensors.ofInt32;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.rewarddance.proto.triton.InferParameter;
import io.rewarddance.proto.triton.ModelInferRequest;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One row is one bad request: the code and the text are the real server's. */
class RefusedRequestsTest {
  private static final String ID = "[request id: r1] ";

  @TempDir static Path repository;
  private static TestServer server;

  @BeforeAll
  static void start() throws Exception {
    addModel(repository, "numbers", "identity", NUMBERS);
    addModel(
        repository,
        "pair",
        "identity",
        """
        backend: "python" max_batch_size: 2
        input [ { name: "A" data_type: TYPE_FP32 dims: [ 3 ] },
                { name: "S" data_type: TYPE_STRING dims: [ 1 ] optional: true } ]
        output [ { name: "B" data_type: TYPE_FP32 dims: [ 3 ] },
                 { name: "T" data_type: TYPE_STRING dims: [ 1 ] } ]
        """);
    addModel(repository, "failing", "failing", NUMBERS);
    server = TestServer.start(repository, FakeModels.factories());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  static Stream<Arguments> refusals() {
    ModelInferRequest good = request("numbers", ofInt32("X", new long[] {1, 2}, 1, 2));
    ModelInferRequest pair = request("pair", ofFp32("A", new long[] {1, 3}, 1, 2, 3));
    return Stream.of(
        arguments(
            good.toBuilder().setModelName("nobody"),
            Status.Code.NOT_FOUND,
            "Request for unknown model: 'nobody' is not found"),
        arguments(
            good.toBuilder().setModelVersion("7"),
            Status.Code.NOT_FOUND,
            "Request for unknown model: 'numbers' version 7 is not found"),
        arguments(
            good.toBuilder().setModelVersion("-7"),
            Status.Code.INVALID_ARGUMENT,
            "invalid model version specified '-7' , version should be an integral value > 0"),
        arguments(
            good.toBuilder().setModelVersion("new"),
            Status.Code.INVALID_ARGUMENT,
            "failed to get model version from specified version string 'new' (details: stol),"
                + " version should be an integral value > 0"),
        arguments(
            request("numbers", ofInt32("Z", new long[] {1, 2}, 1, 2)).toBuilder(),
            Status.Code.INVALID_ARGUMENT,
            "unexpected inference input 'Z' for model 'numbers'"),
        arguments(
            request("numbers").toBuilder(),
            Status.Code.INVALID_ARGUMENT,
            ID
                + "expected 1 inputs but got 0 inputs for model 'numbers'. Got input(s) [], but"
                + " missing required input(s) ['X']. Please provide all required input(s)."),
        arguments(
            request(
                "numbers", ofInt32("X", new long[] {1, 1}, 1), ofInt32("Z", new long[] {1, 1}, 1))
                .toBuilder(),
            Status.Code.INVALID_ARGUMENT,
            ID
                + "expected 1 inputs but got 2 inputs for model 'numbers'. Got input(s) ['X','Z'],"
                + " but missing required input(s) []. Please provide all required input(s)."),
        arguments(
            request("numbers", ofFp32("X", new long[] {1, 2}, 1, 2)).toBuilder(),
            Status.Code.INVALID_ARGUMENT,
            ID + "inference input 'X' data-type is 'FP32', but model 'numbers' expects 'INT32'"),
        arguments(
            request("pair", ofFp32("A", new long[] {1, 2}, 1, 2)).toBuilder(),
            Status.Code.INVALID_ARGUMENT,
            ID + "unexpected shape for input 'A' for model 'pair'. Expected [-1,3], got [1,2]."),
        arguments(
            good.toBuilder().setRawInputContents(0, ByteString.copyFrom(new byte[9])),
            Status.Code.INVALID_ARGUMENT,
            ID + "input byte size mismatch for input 'X' for model 'numbers'. Expected 8, got 9"),
        arguments(
            good.toBuilder().clearRawInputContents(),
            Status.Code.INVALID_ARGUMENT,
            "unable to find data for input tensor 'X' for model 'numbers' in request."),
        arguments(
            request("numbers", ofInt32("X", new long[] {9, 1}, new int[9])).toBuilder(),
            Status.Code.INVALID_ARGUMENT,
            ID + "inference request batch-size must be <= 8 for 'numbers'"),
        arguments(
            request("numbers", ofInt32("X", new long[] {0, 1})).toBuilder(),
            Status.Code.INVALID_ARGUMENT,
            ID + "inference request batch-size must be >= 1 for 'numbers', input 'X' has 0"),
        arguments(
            pair.toBuilder()
                .addInputs(
                    ModelInferRequest.InferInputTensor.newBuilder()
                        .setName("S")
                        .setDatatype("BYTES")
                        .addShape(1)
                        .addShape(1))
                .addRawInputContents(ByteString.copyFrom(new byte[] {9, 0, 0, 0, 'a'})),
            Status.Code.INVALID_ARGUMENT,
            "incomplete string data for inference input 'S', expecting string of length 9 but only 1"
                + " bytes available"),
        arguments(
            good.toBuilder()
                .addOutputs(ModelInferRequest.InferRequestedOutputTensor.newBuilder().setName("Z")),
            Status.Code.INVALID_ARGUMENT,
            "unexpected inference output 'Z' for model 'numbers'"),
        arguments(
            pair.toBuilder()
                .addOutputs(ModelInferRequest.InferRequestedOutputTensor.newBuilder().setName("T")),
            Status.Code.INTERNAL,
            "model 'pair' gave no output 'T'"),
        arguments(
            good.toBuilder()
                .putParameters("triton_x", InferParameter.newBuilder().setBoolParam(true).build()),
            Status.Code.INVALID_ARGUMENT,
            "parameter keys starting with 'triton_' are reserved"),
        arguments(
            good.toBuilder()
                .putParameters("priority", InferParameter.newBuilder().setInt64Param(-1).build()),
            Status.Code.INVALID_ARGUMENT,
            "invalid value for 'priority', expected value >= 0."),
        arguments(good.toBuilder().setModelName("failing"), Status.Code.INTERNAL, "nothing works"));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void badRequestsGetTritonsCodeAndText(
      ModelInferRequest.Builder bad, Status.Code code, String text) {
    ModelInferRequest request = bad.setId("r1").build();
    StatusRuntimeException refusal =
        catchThrowableOfType(StatusRuntimeException.class, () -> server.stub().modelInfer(request));
    assertThat(refusal.getStatus().getCode()).isEqualTo(code);
    assertThat(refusal.getStatus().getDescription()).startsWith(text);
  }
}
