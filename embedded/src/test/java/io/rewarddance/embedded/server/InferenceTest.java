package io.rewarddance.embedded.server;

import static io.rewarddance.embedded.server.TestServer.NUMBERS;
import static io.rewarddance.embedded.server.TestServer.addModel;
import static io.rewarddance.embedded.server.TestServer.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.util.concurrent.ListenableFuture;
import com.google.protobuf.ByteString;
import io.grpc.Compressor;
import io.grpc.CompressorRegistry;
import io.rewarddance.embedded.testing.Latches;
import io.rewarddance.proto.tensor.DataType;
import io.rewarddance.proto.tensor.InferCodec;
import io.rewarddance.proto.tensor.Tensor;
import io.rewarddance.proto.tensor.Tensors;
import io.rewarddance.proto.triton.InferParameter;
import io.rewarddance.proto.triton.ModelInferRequest;
import io.rewarddance.proto.triton.ModelInferResponse;
import io.rewarddance.proto.triton.ModelInferResponse.InferOutputTensor;
import io.rewarddance.proto.triton.ModelMetadataRequest;
import io.rewarddance.proto.triton.ModelStatistics;
import io.rewarddance.proto.triton.ModelStatisticsRequest;
import io.rewarddance.proto.triton.SystemSharedMemoryRegisterRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class InferenceTest {
  private static final long[] ROW = {1, 1};

  @TempDir Path repository;
  private TestServer server;

  @AfterEach
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  private void serve(String name, String kind, String config) throws IOException {
    addModel(repository, name, kind, config);
    server = TestServer.start(repository, FakeModels.factories());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "01", "+1", " 1", "\t1", "1.0", "1st"})
  void aVersionIsTheNumberThatItsTextBeginsWith(String version) throws Exception {
    serve("echo", "identity", NUMBERS);
    ModelInferRequest request = request("echo", Tensors.ofInt32("X", ROW, 7));
    assertThat(server.stub().modelInfer(request.toBuilder().setModelVersion(version).build()))
        .extracting(ModelInferResponse::getModelVersion)
        .isEqualTo("1");
  }

  @Test
  void anOutputThatIsAskedForTwiceComesOnceAndClassifiedIfEitherSaysSo() throws Exception {
    serve("echo", "identity", NUMBERS);
    ModelInferRequest.Builder request = request("echo", Tensors.ofInt32("X", ROW, 7)).toBuilder();
    request.addOutputsBuilder().setName("Y");
    request.addOutputsBuilder().setName("Y");
    assertThat(InferCodec.outputs(server.stub().modelInfer(request.build())))
        .containsOnly(Map.entry("Y", Tensors.ofInt32("Y", ROW, 7)));
    InferParameter one = InferParameter.newBuilder().setInt64Param(1).build();
    request.getOutputsBuilder(1).putParameters("classification", one);
    assertThat(server.stub().modelInfer(request.build()).getOutputsList())
        .extracting(InferOutputTensor::getDatatype)
        .containsExactly("BYTES");
  }

  /** Asked that, Triton 2.51.0 ends; a refusal is what its code means to say. */
  @Test
  void textsHaveNoClasses() throws Exception {
    serve(
        "echo",
        "identity",
        """
        backend: "python" max_batch_size: 8
        input { name: "X" data_type: TYPE_STRING dims: [ 1 ] }
        output { name: "Y" data_type: TYPE_STRING dims: [ 1 ] }
        """);
    ModelInferRequest.Builder request =
        request("echo", Tensors.ofStrings("X", ROW, "red")).toBuilder();
    InferParameter one = InferParameter.newBuilder().setInt64Param(1).build();
    request.addOutputsBuilder().setName("Y").putParameters("classification", one);
    assertThatThrownBy(() -> server.stub().modelInfer(request.build()))
        .hasMessageContaining("INVALID_ARGUMENT: class result not available for output")
        .hasMessageContaining("unsupported type 'BYTES'");
  }

  @ParameterizedTest
  @EnumSource(DataType.class)
  void everyTypeGoesThereAndBack(DataType type) throws Exception {
    serve(
        "echo",
        "identity",
        """
        backend: "python" max_batch_size: 0
        input { name: "X" data_type: %1$s dims: [ 2, -1 ] }
        output { name: "Y" data_type: %1$s dims: [ 2, -1 ] }
        """
            .formatted(type.configName()));
    Tensor sent =
        type == DataType.BYTES
            ? Tensors.ofStrings("X", new long[] {2, 2}, "a", "", "ccc", "é")
            : Tensor.of("X", type, new long[] {2, 2}, bits(4 * type.byteSize()));
    ModelInferResponse answer = server.stub().modelInfer(request("echo", sent));
    assertThat(InferCodec.outputs(answer)).containsEntry("Y", sent.renamed("Y")).hasSize(1);
    assertThat(answer.getModelVersion()).isEqualTo("1");
    assertThat(answer.getRawOutputContentsCount()).isEqualTo(1);
  }

  private static ByteBuffer bits(int size) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) (i % 2); // valid for every type, BOOL too
    }
    return ByteBuffer.wrap(bytes);
  }

  @Test
  void messagesFarAboveFourMebibytesPass() throws Exception {
    serve("numbers", "identity", NUMBERS);
    int[] numbers = new int[6 << 20];
    numbers[numbers.length - 1] = 7;
    Tensor big = Tensors.ofInt32("X", new long[] {1, numbers.length}, numbers);
    Tensor back = InferCodec.outputs(server.stub().modelInfer(request("numbers", big))).get("Y");
    assertThat(back).isEqualTo(big.renamed("Y"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "deflate"})
  void compressedRequestsAreRead(String encoding) throws Exception {
    serve("numbers", "identity", NUMBERS);
    CompressorRegistry.getDefaultInstance().register(new Deflate());
    Tensor tensor = Tensors.ofInt32("X", new long[] {1, 1000}, new int[1000]);
    ModelInferResponse answer =
        server.stub().withCompression(encoding).modelInfer(request("numbers", tensor));
    assertThat(InferCodec.outputs(answer).get("Y")).isEqualTo(tensor.renamed("Y"));
  }

  private static final class Deflate implements Compressor {
    @Override
    public String getMessageEncoding() {
      return "deflate";
    }

    @Override
    public OutputStream compress(OutputStream out) {
      return new DeflaterOutputStream(out);
    }
  }

  @Test
  void callsAreBatchedAndEachGetsItsOwnRows() throws Exception {
    AtomicInteger largest = new AtomicInteger();
    addModel(
        repository,
        "numbers",
        "adding",
        NUMBERS + "dynamic_batching { max_queue_delay_microseconds: 200000 }");
    server =
        TestServer.start(
            repository,
            FakeModels.factories(
                Map.of("adding", (config, directory, version, pool) -> new RowSum(largest))));
    List<ListenableFuture<ModelInferResponse>> answers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      answers.add(
          server.futures().modelInfer(request("numbers", Tensors.ofInt32("X", ROW, 10 * i))));
    }
    for (int i = 0; i < 8; i++) {
      int[] y = InferCodec.outputs(answers.get(i).get(10, TimeUnit.SECONDS)).get("Y").int32s();
      assertThat(y).containsExactly(10 * i + 1);
    }
    assertThat(largest.get()).isEqualTo(8);
  }

  @Test
  void callsOfOtherShapesNeverShareABatch() throws Exception {
    AtomicInteger largest = new AtomicInteger();
    addModel(
        repository,
        "numbers",
        "adding",
        NUMBERS + "dynamic_batching { max_queue_delay_microseconds: 50000 }");
    server =
        TestServer.start(
            repository,
            FakeModels.factories(
                Map.of("adding", (config, directory, version, pool) -> new RowSum(largest))));
    List<ListenableFuture<ModelInferResponse>> answers = new ArrayList<>();
    for (int length = 1; length <= 4; length++) {
      Tensor tensor = Tensors.ofInt32("X", new long[] {1, length}, new int[length]);
      answers.add(server.futures().modelInfer(request("numbers", tensor)));
    }
    for (int length = 1; length <= 4; length++) {
      ModelInferResponse answer = answers.get(length - 1).get(10, TimeUnit.SECONDS);
      assertThat(InferCodec.outputs(answer).get("Y").shape()).containsExactly(1, length);
    }
    assertThat(largest.get()).isEqualTo(1);
  }

  @Test
  void aCancelledCallNeverReachesTheModel() throws Exception {
    CountDownLatch busy = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    AtomicInteger served = new AtomicInteger();
    addModel(repository, "numbers", "gate", NUMBERS);
    server =
        TestServer.start(
            repository,
            FakeModels.factories(
                Map.of(
                    "gate",
                    (config, directory, version, pool) ->
                        FakeModels.perBatch(
                            batch -> {
                              served.addAndGet(batch.size());
                              busy.countDown();
                              Latches.await(mayEnd);
                              return new RowSum(new AtomicInteger()).infer(batch);
                            }))));
    ModelInferRequest request = request("numbers", Tensors.ofInt32("X", ROW, 1));
    ListenableFuture<ModelInferResponse> first = server.futures().modelInfer(request);
    Latches.await(busy);
    ListenableFuture<ModelInferResponse> second = server.futures().modelInfer(request);
    TimeUnit.MILLISECONDS.sleep(200); // lets it reach the queue
    second.cancel(true);
    TimeUnit.MILLISECONDS.sleep(200); // lets the cancellation reach the server
    mayEnd.countDown();
    assertThat(first.get(10, TimeUnit.SECONDS).getModelName()).isEqualTo("numbers");
    assertThat(server.stub().modelInfer(request).getModelName()).isEqualTo("numbers");
    assertThat(served.get()).isEqualTo(2);
  }

  @Test
  void aModelThatThrowsOrAnswersNonsenseFailsItsCallsOnly() throws Exception {
    addModel(repository, "numbers", "odd", NUMBERS);
    server =
        TestServer.start(
            repository,
            FakeModels.factories(
                Map.of(
                    "odd",
                    (config, directory, version, pool) -> FakeModels.perBatch(OddModel::infer))));
    assertThatThrownBy(() -> number(0)).hasMessageContaining("INTERNAL: model 'numbers' failed");
    assertThatThrownBy(() -> number(1)).hasMessageContaining("gave 0 results for 1 requests");
    assertThatThrownBy(() -> number(2))
        .hasMessageContaining("gave output 'Y' as INT32 [2,1] (expected: INT32 [1,-1])");
    assertThatThrownBy(() -> number(3))
        .hasMessageContaining("gave output 'Y' as FP32 [1,1] (expected: INT32 [1,-1])");
    assertThat(number(4)).containsExactly(4);
  }

  private int[] number(int value) {
    ModelInferRequest request = request("numbers", Tensors.ofInt32("X", ROW, value));
    return InferCodec.outputs(server.stub().modelInfer(request)).get("Y").int32s();
  }

  @Test
  void statisticsCountRowsExecutionsAndFailures() throws Exception {
    serve("numbers", "identity", NUMBERS);
    server.stub().modelInfer(request("numbers", Tensors.ofInt32("X", new long[] {3, 1}, 1, 2, 3)));
    number(5);
    ModelStatistics counts =
        server
            .stub()
            .modelStatistics(ModelStatisticsRequest.newBuilder().setName("numbers").build())
            .getModelStats(0);
    assertThat(counts.getInferenceCount()).isEqualTo(4);
    assertThat(counts.getExecutionCount()).isEqualTo(2);
    assertThat(counts.getInferenceStats().getSuccess().getCount()).isEqualTo(2);
    assertThat(counts.getInferenceStats().getQueue().getCount()).isEqualTo(2);
    assertThat(counts.getInferenceStats().getComputeInfer().getNs()).isPositive();
    assertThat(counts.getBatchStatsList())
        .extracting(b -> b.getBatchSize())
        .containsExactly(1L, 3L);
    assertThatThrownBy(
            () ->
                server
                    .stub()
                    .modelStatistics(ModelStatisticsRequest.newBuilder().setName("x").build()))
        .hasMessage("INVALID_ARGUMENT: requested model 'x' is not available");
  }

  @Test
  void tensorsMayStayInSharedMemory() throws Exception {
    assumeTrue(Files.isDirectory(Path.of("/dev/shm")));
    serve("numbers", "identity", NUMBERS);
    Path object = Files.createTempFile(Path.of("/dev/shm"), "rewarddance-test", "");
    try {
      Files.write(object, new byte[] {1, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
      var register =
          SystemSharedMemoryRegisterRequest.newBuilder()
              .setName("r")
              .setKey("/" + object.getFileName())
              .setByteSize(16)
              .build();
      assertThat(server.stub().systemSharedMemoryRegister(register).getSerializedSize()).isZero();
      ModelInferRequest.Builder request = ModelInferRequest.newBuilder().setModelName("numbers");
      request
          .addInputsBuilder()
          .setName("X")
          .setDatatype("INT32")
          .addShape(1)
          .addShape(2)
          .putAllParameters(place(0));
      request.addOutputsBuilder().setName("Y").putAllParameters(place(8));
      ModelInferResponse answer = server.stub().modelInfer(request.build());
      assertThat(answer.getRawOutputContentsList()).containsExactly(ByteString.EMPTY);
      assertThat(Files.readAllBytes(object))
          .containsExactly(1, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0);
    } finally {
      Files.delete(object);
    }
  }

  private static Map<String, InferParameter> place(long offset) {
    return Map.of(
        "shared_memory_region", InferParameter.newBuilder().setStringParam("r").build(),
        "shared_memory_offset", InferParameter.newBuilder().setInt64Param(offset).build(),
        "shared_memory_byte_size", InferParameter.newBuilder().setInt64Param(8).build());
  }

  @Test
  void metadataHasTheBatchDimension() throws Exception {
    serve("numbers", "identity", NUMBERS);
    var metadata =
        server.stub().modelMetadata(ModelMetadataRequest.newBuilder().setName("numbers").build());
    assertThat(metadata.getPlatform()).isEqualTo("python");
    assertThat(metadata.getVersionsList()).containsExactly("1");
    assertThat(metadata.getInputs(0).getShapeList()).containsExactly(-1L, -1L);
  }

  @Test
  void parametersThatMeanNothingHereAreTaken() throws Exception {
    serve("numbers", "identity", NUMBERS);
    ModelInferRequest request =
        request("numbers", Tensors.ofInt32("X", ROW, 1)).toBuilder()
            .putParameters("priority", InferParameter.newBuilder().setUint64Param(3).build())
            .putParameters("sequence_id", InferParameter.newBuilder().setStringParam("s").build())
            .putParameters("mine", InferParameter.newBuilder().setDoubleParam(0.5).build())
            .build();
    assertThat(server.stub().modelInfer(request).getOutputsCount()).isEqualTo(1);
  }
}
