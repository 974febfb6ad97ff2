package io.rewarddance.embedded.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.rewarddance.proto.local.LocalServices;
import io.rewarddance.proto.local.LocalStack;
import io.rewarddance.proto.local.LocalStackSettings;
import io.rewarddance.proto.triton.GRPCInferenceServiceGrpc;
import io.rewarddance.proto.triton.ServerReadyRequest;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedStackTest {
  @TempDir Path directory;
  private final List<String> events = new ArrayList<>();

  private EmbeddedStack stack() {
    return new EmbeddedStack(
        BuiltInModels.factories(),
        (settings, threads) -> {
          events.add("training with " + threads + " threads");
          return new TrainingLauncher.Running() {
            @Override
            public int port() {
              return 4321;
            }

            @Override
            public void close() {
              events.add("closed");
            }
          };
        });
  }

  private LocalStackSettings settings(int port) throws IOException {
    Path repository = Files.createDirectories(directory.resolve("repository"));
    return new LocalStackSettings(
        Optional.of(new LocalStackSettings.Inference(repository, port)),
        Optional.of(new LocalStackSettings.Training(directory, directory, 0)),
        2);
  }

  @Test
  void theDriverFindsItByServiceLoader() {
    assertThat(ServiceLoader.load(LocalStack.class)).hasOnlyElementsOfType(EmbeddedStack.class);
  }

  @Test
  void bothServicesAnswerUntilTheyAreClosed() throws Exception {
    LocalServices services = stack().start(settings(0));
    assertThat(services.trainingEndpoint()).contains(URI.create("http://127.0.0.1:4321"));
    String endpoint = services.inferenceEndpoint().orElseThrow();
    ManagedChannel channel = NettyChannelBuilder.forTarget(endpoint).usePlaintext().build();
    try {
      var stub = GRPCInferenceServiceGrpc.newBlockingStub(channel);
      ServerReadyRequest request = ServerReadyRequest.getDefaultInstance();
      assertThat(stub.serverReady(request).getReady()).isTrue();
      services.close();
      services.close();
      assertThat(events).containsExactly("training with 2 threads", "closed");
      assertThatThrownBy(() -> stub.serverReady(request)).hasMessageContaining("UNAVAILABLE");
    } finally {
      channel.shutdownNow();
    }
  }

  @Test
  void nothingIsLeftRunningWhenOneCanNotStart() throws Exception {
    LocalStack broken =
        new EmbeddedStack(
            BuiltInModels.factories(),
            (settings, threads) -> {
              throw new IOException("no state");
            });
    int port = freePort();
    LocalStackSettings settings = settings(port);
    assertThatThrownBy(() -> broken.start(settings)).hasMessage("no state");
    try (LocalServices again = stack().start(settings)) {
      assertThat(again.inferenceEndpoint()).contains("127.0.0.1:" + port);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Test
  void aModelThatCanNotBeLoadedIsNamed() throws Exception {
    LocalStackSettings settings = settings(0);
    Path model = Files.createDirectories(directory.resolve("repository/odd/1")).getParent();
    Files.writeString(
        model.resolve("config.pbtxt"),
        "backend: 'python' parameters { key: 'rewarddance_model' value { string_value: 'x' } }");
    assertThatThrownBy(() -> stack().start(settings))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("load failed for model 'odd'")
        .hasMessageContaining("parameter 'rewarddance_model': 'x' for model 'odd'");
  }

  @Test
  void aMissingRepositoryIsNamed() {
    LocalStackSettings settings =
        new LocalStackSettings(
            Optional.of(new LocalStackSettings.Inference(directory.resolve("nowhere"), 0)),
            Optional.empty(),
            1);
    assertThatThrownBy(() -> stack().start(settings))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("nowhere: the model repository does not exist");
  }
}
