package io.rewarddance.embedded.server;

import static io.rewarddance.embedded.server.TestServer.NUMBERS;
import static io.rewarddance.embedded.server.TestServer.addModel;
import static io.rewarddance.embedded.server.TestServer.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.util.concurrent.ListenableFuture;
import com.google.protobuf.ByteString;
import io.rewarddance.embedded.model.InferCall;
import io.rewarddance.embedded.model.InferResult;
import io.rewarddance.embedded.model.ModelFactory;
import io.rewarddance.embedded.model.ModelLoadException;
import io.rewarddance.embedded.model.ServedModel;
import io.rewarddance.embedded.testing.Latches;
import io.rewarddance.proto.tensor.Tensors;
import io.rewarddance.proto.triton.ModelInferRequest;
import io.rewarddance.proto.triton.ModelInferResponse;
import io.rewarddance.proto.triton.ModelReadyRequest;
import io.rewarddance.proto.triton.ModelRepositoryParameter;
import io.rewarddance.proto.triton.RepositoryModelLoadRequest;
import io.rewarddance.proto.triton.ServerReadyRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelControlTest {
  private static final ModelInferRequest CALL =
      request("numbers", Tensors.ofInt32("X", new long[] {1, 1}, 7));

  @TempDir Path repository;
  private TestServer server;
  private final AtomicInteger opened = new AtomicInteger();
  private final AtomicInteger closed = new AtomicInteger();

  @AfterEach
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  /** Counts what is opened and closed; a version with a file named "broken" can't be opened. */
  private ModelFactory counting() {
    return (config, directory, version, pool) -> {
      if (Files.exists(directory.resolve("broken"))) {
        throw new ModelLoadException("broken");
      }
      opened.incrementAndGet();
      return new ServedModel() {
        @Override
        public List<InferResult> infer(List<InferCall> batch) {
          return new RowSum(new AtomicInteger()).infer(batch);
        }

        @Override
        public void close() {
          closed.incrementAndGet();
        }
      };
    };
  }

  private void serve(String config) throws IOException {
    addModel(repository, "numbers", "counting", config);
    server = TestServer.start(repository, FakeModels.factories(Map.of("counting", counting())));
  }

  private String answeringVersion() {
    return server.stub().modelInfer(CALL).getModelVersion();
  }

  @Test
  void aNewVersionTakesOverAndTheOldOneIsFreed() throws Exception {
    serve(NUMBERS);
    server.addVersion("numbers", 2);
    assertThat(answeringVersion()).isEqualTo("1");
    server.load("numbers");
    assertThat(answeringVersion()).isEqualTo("2");
    awaitIndex("numbers:1 UNAVAILABLE unloaded", "numbers:2 READY");
    assertThat(closed.get()).isEqualTo(1);
    ModelInferRequest pinned = CALL.toBuilder().setModelVersion("1").build();
    assertThatThrownBy(() -> server.stub().modelInfer(pinned))
        .hasMessage(
            "UNAVAILABLE: Request for unknown model: 'numbers' version 1 is not at ready state");
  }

  private void awaitIndex(String... lines) throws InterruptedException {
    for (int i = 0; i < 200 && !server.index().equals(List.of(lines)); i++) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    assertThat(server.index()).containsExactly(lines);
  }

  @Test
  void aLoadWithoutNewerFilesDoesNothing() throws Exception {
    serve(NUMBERS);
    server.load("numbers");
    assertThat(opened.get()).isEqualTo(1);
    TestServer.touch(repository.resolve("numbers/1"), 5);
    server.load("numbers");
    assertThat(opened.get()).isEqualTo(2);
  }

  @Test
  void aCopyThatKeepsOldTimesIsNotSeenAsOnTriton() throws Exception {
    serve(NUMBERS);
    Path version = Files.createDirectories(repository.resolve("numbers/2"));
    TestServer.touch(version, -1000);
    TestServer.touch(repository.resolve("numbers"), -1000);
    server.load("numbers");
    assertThat(answeringVersion()).isEqualTo("1");
  }

  @Test
  void anUntouchedVersionIsKeptWhenAnotherIsAdded() throws Exception {
    serve(NUMBERS + "version_policy { all {} }");
    server.addVersion("numbers", 2);
    server.load("numbers");
    assertThat(opened.get()).isEqualTo(2);
    assertThat(server.index()).containsExactly("numbers:1 READY", "numbers:2 READY");
    ModelInferRequest pinned = CALL.toBuilder().setModelVersion("1").build();
    assertThat(server.stub().modelInfer(pinned).getModelVersion()).isEqualTo("1");
  }

  @Test
  void aFailedLoadLeavesTheOldVersionAndSaysWhy() throws Exception {
    serve(NUMBERS);
    server.addVersion("numbers", 2);
    Files.createFile(repository.resolve("numbers/2/broken"));
    assertThatThrownBy(() -> server.load("numbers"))
        .hasMessage(
            "INVALID_ARGUMENT: load failed for model 'numbers': version 2 is at UNAVAILABLE state:"
                + " Internal: broken;\n");
    assertThat(answeringVersion()).isEqualTo("1");
    assertThat(server.index())
        .containsExactly("numbers:1 READY", "numbers:2 UNAVAILABLE Internal: broken");
    assertThat(server.stub().serverReady(ServerReadyRequest.getDefaultInstance()).getReady())
        .isFalse();
    Files.delete(repository.resolve("numbers/2/broken"));
    server.load("numbers");
    assertThat(answeringVersion()).isEqualTo("2");
  }

  @Test
  void unloadEndsTheModelAndLoadBringsItBack() throws Exception {
    serve(NUMBERS);
    server.unload("numbers");
    assertThatThrownBy(() -> server.stub().modelInfer(CALL))
        .hasMessage("NOT_FOUND: Request for unknown model: 'numbers' has no available versions");
    awaitIndex("numbers:1 UNAVAILABLE unloaded");
    server.load("numbers");
    assertThat(answeringVersion()).isEqualTo("1");
  }

  @Test
  void whatDoesNotServeIsNotReadyAndThatIsNoError() throws Exception {
    serve(NUMBERS);
    assertThat(isReady("numbers", "")).isTrue();
    assertThat(isReady("numbers", "1")).isTrue();
    assertThat(isReady("numbers", "2")).isFalse();
    assertThat(isReady("nobody", "")).isFalse();
    server.unload("numbers");
    assertThat(isReady("numbers", "")).isFalse();
    assertThat(isReady("numbers", "1")).isFalse();
    assertThatThrownBy(() -> isReady("numbers", "new"))
        .hasMessageStartingWith("INVALID_ARGUMENT: failed to get model version");
  }

  private boolean isReady(String name, String version) {
    ModelReadyRequest request =
        ModelReadyRequest.newBuilder().setName(name).setVersion(version).build();
    return server.stub().modelReady(request).getReady();
  }

  @Test
  void theIndexLeavesOutAModelThatWasTriedAndHasNoVersion() throws Exception {
    serve(NUMBERS);
    Path empty = Files.createDirectories(repository.resolve("empty"));
    Files.writeString(empty.resolve("config.pbtxt"), NUMBERS);
    assertThat(server.index()).containsExactly("empty:", "numbers:1 READY");
    assertThatThrownBy(() -> server.load("empty"))
        .hasMessageContaining("at least one version must be available");
    assertThat(server.index()).containsExactly("numbers:1 READY");
  }

  @Test
  void aModelWhoseDirectoryIsGoneIsUnloaded() throws Exception {
    serve(NUMBERS);
    Files.delete(repository.resolve("numbers/1"));
    Files.delete(repository.resolve("numbers/config.pbtxt"));
    Files.delete(repository.resolve("numbers"));
    assertThatThrownBy(() -> server.load("numbers"))
        .hasMessage("INTERNAL: failed to load 'numbers', failed to poll from model repository");
    assertThatThrownBy(() -> server.stub().modelInfer(CALL)).hasMessageContaining("NOT_FOUND");
  }

  @Test
  void overridesReplaceConfigurationAndFilesUntilTheNextPlainLoad() throws Exception {
    serve(NUMBERS);
    String json =
        """
        {"backend": "python", "max_batch_size": 2,
         "input": [{"name": "X", "data_type": "TYPE_INT32", "dims": [-1]}],
         "output": [{"name": "Y", "data_type": "TYPE_INT32", "dims": [-1]}],
         "parameters": {"rewarddance_model": {"string_value": "counting"}}}
        """;
    RepositoryModelLoadRequest.Builder load =
        RepositoryModelLoadRequest.newBuilder()
            .setModelName("numbers")
            .putParameters(
                "config", ModelRepositoryParameter.newBuilder().setStringParam(json).build())
            .putParameters(
                "file:5/weights",
                ModelRepositoryParameter.newBuilder()
                    .setBytesParam(ByteString.copyFromUtf8("w"))
                    .build());
    assertThat(server.stub().repositoryModelLoad(load.build()).getSerializedSize()).isZero();
    assertThat(answeringVersion()).isEqualTo("5");
    server.load("numbers");
    assertThat(answeringVersion()).isEqualTo("1");
    load.putParameters(
        "file:../5/weights",
        ModelRepositoryParameter.newBuilder().setBytesParam(ByteString.EMPTY).build());
    assertThatThrownBy(() -> server.stub().repositoryModelLoad(load.build()))
        .hasMessageContaining("must stay within model directory");
  }

  @Test
  void callsInFlightFinishOnTheVersionTheyStartedOn() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    addModel(repository, "numbers", "gate", NUMBERS);
    ModelFactory gate =
        (config, directory, version, pool) ->
            FakeModels.perBatch(
                batch -> {
                  if (version == 1) {
                    started.countDown();
                    Latches.await(mayEnd);
                  }
                  return new RowSum(new AtomicInteger()).infer(batch);
                });
    server = TestServer.start(repository, FakeModels.factories(Map.of("gate", gate)));
    ListenableFuture<ModelInferResponse> old = server.futures().modelInfer(CALL);
    Latches.await(started);
    server.addVersion("numbers", 2);
    server.load("numbers");
    assertThat(answeringVersion()).isEqualTo("2");
    assertThat(server.index()).containsExactly("numbers:1 UNLOADING", "numbers:2 READY");
    mayEnd.countDown();
    assertThat(old.get(10, TimeUnit.SECONDS).getModelVersion()).isEqualTo("1");
    awaitIndex("numbers:1 UNAVAILABLE unloaded", "numbers:2 READY");
  }

  @Test
  void swapsUnderLoadFailNoCallAndNeverAnswerFromAnUnselectedVersion() throws Exception {
    serve(NUMBERS + "dynamic_batching {} instance_group { count: 2 kind: KIND_CPU }");
    SwapLoad load = new SwapLoad(server, CALL);
    load.start(3);
    for (int version = 2; version <= 12; version++) {
      server.addVersion("numbers", version);
      server.load("numbers");
      load.atLeast(version);
      load.awaitAnswers(version * 10);
    }
    load.stop();
    assertThat(load.failures()).isEmpty();
    assertThat(load.answers()).isGreaterThanOrEqualTo(120);
    for (int i = 0; i < 200 && closed.get() < 11; i++) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    assertThat(closed.get()).isEqualTo(11);
  }
}
