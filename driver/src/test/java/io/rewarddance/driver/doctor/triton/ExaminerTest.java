package io.rewarddance.driver.doctor.triton;

import static io.rewarddance.driver.testing.DescribedModels.withInput;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.rewarddance.driver.config.TritonConfig;
import io.rewarddance.driver.model.Contracts;
import io.rewarddance.driver.model.ServedModel;
import io.rewarddance.driver.model.ServedTensor;
import io.rewarddance.driver.testing.Certificate;
import io.rewarddance.driver.testing.DescribedModels;
import io.rewarddance.driver.testing.IndexedTriton;
import io.rewarddance.driver.testing.ScriptedTriton;
import io.rewarddance.driver.testing.TritonConfigs;
import io.rewarddance.proto.tensor.DataType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class ExaminerTest {
  private static final ServedModel JUDGE =
      DescribedModels.of(Contracts.POINTWISE_JUDGE, "judge", 16);

  @TempDir static Path directory;
  private static Certificate server;
  private static Certificate user;

  @BeforeAll
  static void makeCertificates() throws Exception {
    server = Certificate.make(directory, "server");
    user = Certificate.make(directory, "user");
  }

  private static TritonConfig.Tls trusting(Certificate certificate) {
    return new TritonConfig.Tls(
        true, Optional.of(certificate.pem()), Optional.empty(), Optional.empty());
  }

  private static ServerLook look(String endpoint) {
    return look(endpoint, TritonConfigs.PLAIN, Optional.empty());
  }

  private static ServerLook look(String endpoint, TritonConfig.Tls tls, Optional<Path> token) {
    TritonConfig config = TritonConfigs.ofSecurity(tls, token).withEndpoints(List.of(endpoint));
    List<ServerLook> looks = new Examiner(config).look();
    assertThat(looks).hasSize(1);
    assertThat(looks.get(0).endpoint()).isEqualTo(endpoint);
    return looks.get(0);
  }

  private static Trouble trouble(ServerLook look) {
    assertThat(look.models()).isEmpty();
    return look.trouble().orElseThrow();
  }

  @Test
  void aServerSaysWhatItIsAndServes() {
    ServedTensor reference = ServedTensor.of("reference", DataType.UINT8, -1, -1, 3).asOptional();
    try (IndexedTriton triton =
        IndexedTriton.start()
            .serving(withInput(JUDGE, reference))
            .listing("judge", "2", "UNAVAILABLE", "no such file: weights")
            .listing("idle", "", "", "")
            .listing("painter", "3", "UNAVAILABLE", "unloaded")) {
      ServerLook look = look(triton.endpoint());
      assertThat(look.trouble()).isEmpty();
      assertThat(look.about())
          .contains(
              new ServerLook.About(
                  "triton",
                  "2.99.0",
                  List.of("model_repository", "statistics"),
                  true,
                  true,
                  ServerLook.Loads.TAKEN));
      assertThat(look.models())
          .extracting(ModelLook::name)
          .containsExactly("idle", "judge", "painter");
      ModelLook judge = look.model("judge").orElseThrow();
      assertThat(judge.ready()).containsExactly("1");
      assertThat(judge.failed())
          .containsExactly(new ModelLook.Version("2", "UNAVAILABLE", "no such file: weights"));
      assertThat(judge.fits(Contracts.POINTWISE_JUDGE)).isTrue();
      assertThat(judge.fits(Contracts.PAIRWISE_JUDGE)).isTrue();
      assertThat(judge.fits(Contracts.ORACLE)).isFalse();
      for (String name : List.of("idle", "painter")) {
        ModelLook other = look.model(name).orElseThrow();
        assertThat(other.served()).isEmpty();
        assertThat(other.failed()).isEmpty();
        assertThat(other.nearest()).isEmpty();
      }
    }
  }

  @Test
  void theNearestContractIsTheOneWithMostOfItsTensors() {
    ServedModel lame = DescribedModels.without(JUDGE, "no_log_prob");
    try (IndexedTriton triton = IndexedTriton.start().serving(lame)) {
      ModelLook judge = look(triton.endpoint()).model("judge").orElseThrow();
      assertThat(judge.nearest().orElseThrow().contract()).isEqualTo(Contracts.POINTWISE_JUDGE);
      assertThat(judge.fits()).noneMatch(fit -> fit.fits());
    }
  }

  @Test
  void aModelThatGoesAwayInBetweenIsNotServed() {
    try (IndexedTriton triton = IndexedTriton.start().listing("gone", "1", "READY", "")) {
      ServerLook look = look(triton.endpoint());
      assertThat(look.trouble()).isEmpty();
      assertThat(look.model("gone").orElseThrow().served()).isEmpty();
    }
  }

  @Test
  void modelControlThatIsNotExplicitIsSeen() {
    try (IndexedTriton triton = IndexedTriton.start().polling().unready()) {
      ServerLook.About about = look(triton.endpoint()).about().orElseThrow();
      assertThat(about.loads()).isEqualTo(ServerLook.Loads.NOT_TAKEN);
      assertThat(about.ready()).isFalse();
    }
  }

  @Test
  void nobodyThere() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Trouble trouble = trouble(look("127.0.0.1:" + port));
    assertThat(trouble.detail()).startsWith("nobody listens there: ").contains("refused");
    assertThat(trouble.advice()).contains("start the server", "8001");
    assertThat(trouble(look("no-such-host.invalid:8001")).detail()).startsWith("no such host: ");
  }

  @Test
  void anHttpPortIsNamed() throws IOException {
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    byte[] metadata = "{\"name\":\"triton\",\"version\":\"2\"}".getBytes(StandardCharsets.US_ASCII);
    http.createContext(
        "/v2",
        exchange -> {
          exchange.sendResponseHeaders(200, metadata.length);
          exchange.getResponseBody().write(metadata);
          exchange.close();
        });
    http.start();
    try {
      String endpoint = "127.0.0.1:" + http.getAddress().getPort();
      Trouble trouble = trouble(look(endpoint));
      assertThat(trouble.detail()).startsWith("this is Triton's HTTP port: ");
      assertThat(trouble.advice()).startsWith("use gRPC");
      http.removeContext("/v2");
      assertThat(trouble(look(endpoint)).detail()).startsWith("an HTTP server, not gRPC");
    } finally {
      http.stop(0);
    }
  }

  @Test
  void anotherGrpcServiceIsNoTriton() {
    try (ScriptedTriton other = ScriptedTriton.start()) {
      Trouble trouble = trouble(look(other.endpoint()));
      assertThat(trouble.detail()).startsWith("speaks gRPC or HTTP/2, but isn't a Triton: ");
    }
  }

  @Test
  void whoeverSaysNothingIsWaitedForNoLongerThanAsked() throws IOException {
    try (ServerSocket mute = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      String endpoint = "127.0.0.1:" + mute.getLocalPort();
      TritonConfig config =
          TritonConfigs.ofDeadline(java.time.Duration.ofSeconds(1))
              .withEndpoints(List.of(endpoint));
      Trouble trouble = trouble(new Examiner(config).look().get(0));
      assertThat(trouble.detail()).startsWith("no answer in 1 s: ");
    }
  }

  @Test
  void plainTextAndTlsAreToldApart() throws Exception {
    SslContextBuilder tls = GrpcSslContexts.forServer(server.pem().toFile(), server.key().toFile());
    var context = tls.build();
    try (IndexedTriton encrypted = IndexedTriton.start(b -> b.sslContext(context));
        IndexedTriton plain = IndexedTriton.start()) {
      Trouble lacking = trouble(look(encrypted.endpoint()));
      assertThat(lacking.detail()).startsWith("the server speaks TLS and was asked in plain text");
      assertThat(lacking.advice()).contains("--tls", "triton.tls");
      Trouble needless = trouble(look(plain.endpoint(), trusting(server), Optional.empty()));
      assertThat(needless.detail()).startsWith("the server doesn't speak TLS: ");
      Trouble strange = trouble(look(encrypted.endpoint(), trusting(user), Optional.empty()));
      assertThat(strange.detail()).startsWith("the server's certificate isn't trusted: ");
      assertThat(strange.advice()).contains("--ca FILE");
      assertThat(look(encrypted.endpoint(), trusting(server), Optional.empty()).about())
          .isPresent();
    }
  }

  @Test
  void aCertificateThatIsAskedForIsNamed() throws Exception {
    var mutual =
        GrpcSslContexts.forServer(server.pem().toFile(), server.key().toFile())
            .trustManager(user.pem().toFile())
            .clientAuth(ClientAuth.REQUIRE)
            .build();
    try (IndexedTriton triton = IndexedTriton.start(b -> b.sslContext(mutual))) {
      Trouble trouble = trouble(look(triton.endpoint(), trusting(server), Optional.empty()));
      assertThat(trouble.detail()).startsWith("the server speaks TLS and then hangs up: ");
      assertThat(trouble.advice()).contains("--certificate FILE --key FILE");
    }
  }

  @Test
  void aTokenThatIsMissingOrWrongIsNamed() throws IOException {
    ServerInterceptor guard =
        new ServerInterceptor() {
          @Override
          public <Q, A> ServerCall.Listener<Q> interceptCall(
              ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            call.close(Status.UNAUTHENTICATED.withDescription("who are you?"), new Metadata());
            return new ServerCall.Listener<>() {};
          }
        };
    Path token = Files.writeString(directory.resolve("token"), "wrong");
    try (IndexedTriton triton = IndexedTriton.start(b -> b.intercept(guard))) {
      Trouble missing = trouble(look(triton.endpoint()));
      assertThat(missing.detail()).isEqualTo("who asks must say who it is: who are you?");
      assertThat(missing.advice()).contains("--token-file FILE");
      Trouble wrong = trouble(look(triton.endpoint(), TritonConfigs.PLAIN, Optional.of(token)));
      assertThat(wrong.detail()).startsWith("the token in " + token + " wasn't accepted: ");
      Path absent = directory.resolve("absent");
      Trouble unread = trouble(look(triton.endpoint(), TritonConfigs.PLAIN, Optional.of(absent)));
      assertThat(unread.advice()).contains("mend --token-file");
    }
  }

  @Test
  void settingsThatCantBeUsedAreATroubleOfTheEndpoint() {
    Trouble trouble =
        trouble(
            look(
                "127.0.0.1:1",
                trusting(new Certificate(Path.of("x"), Path.of("y"))),
                Optional.empty()));
    assertThat(trouble.detail()).contains("triton.tls");
    Trouble clear =
        trouble(look("192.0.2.1:8001", TritonConfigs.PLAIN, Optional.of(Path.of("token"))));
    assertThat(clear.detail()).contains("triton.tls.enabled: false", "192.0.2.1:8001");
  }
}
