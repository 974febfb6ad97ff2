package io.rewarddance.driver.triton;

import static io.rewarddance.driver.testing.ScriptedTriton.answer;
import static io.rewarddance.driver.triton.Calls.OUTPUT;
import static io.rewarddance.driver.triton.Calls.answer;
import static io.rewarddance.driver.triton.Calls.call;
import static io.rewarddance.driver.triton.Calls.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.rewarddance.driver.config.TritonConfig;
import io.rewarddance.driver.testing.Certificate;
import io.rewarddance.driver.testing.ScriptedTriton;
import io.rewarddance.driver.testing.TritonConfigs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
final class ClientSecurityTest {
  @TempDir static Path directory;
  private static Certificate server;
  private static Certificate user;
  @TempDir Path temporary;

  @BeforeAll
  static void makeCertificates() throws Exception {
    server = Certificate.make(directory, "server");
    user = Certificate.make(directory, "user");
  }

  private static TritonClient connect(ScriptedTriton to, TritonConfig.Tls tls, Path... token) {
    return TritonClient.connect(
        List.of(to.endpoint()),
        TritonConfigs.ofSecurity(tls, Optional.ofNullable(token.length == 0 ? null : token[0])),
        () -> 0);
  }

  private static TritonConfig.Tls trusting(Certificate certificate) {
    return new TritonConfig.Tls(
        true, Optional.of(certificate.pem()), Optional.empty(), Optional.empty());
  }

  private static SslContextBuilder serverSide() {
    return GrpcSslContexts.forServer(server.pem().toFile(), server.key().toFile());
  }

  @Test
  void aTokenIsSentWithEveryCallAndReadAnewEachTime() throws IOException {
    Path token = Files.writeString(temporary.resolve("token"), "first\n");
    try (ScriptedTriton triton = ScriptedTriton.start().otherwise(answer(OUTPUT));
        TritonClient client = connect(triton, TritonConfigs.PLAIN, token)) {
      answer(client.infer(call("a")));
      client.controls().get(0).live().join();
      Files.writeString(token, "second");
      answer(client.infer(call("b")));
      assertThat(triton.tokens).containsExactly("Bearer first", "Bearer first", "Bearer second");
    }
  }

  @Test
  void withoutATokenFileNoneIsSent() {
    try (ScriptedTriton triton = ScriptedTriton.start().otherwise(answer(OUTPUT));
        TritonClient client = connect(triton, TritonConfigs.PLAIN)) {
      answer(client.infer(call("a")));
      assertThat(triton.tokens).containsExactly("");
    }
  }

  @Test
  void aTokenThatCantBeReadFailsTheCallsAndNothingIsSent() throws IOException {
    Path token = temporary.resolve("absent");
    try (ScriptedTriton triton = ScriptedTriton.start().otherwise(answer(OUTPUT));
        TritonClient client = connect(triton, TritonConfigs.PLAIN, token)) {
      TritonException failure = failure(client.infer(call("a")));
      assertThat(failure.kind()).isEqualTo(ErrorKind.REFUSED);
      assertThat(failure).hasMessageContaining("token_file").hasMessageContaining("absent");
      assertThat(failure(client.controls().get(0).live()).kind()).isEqualTo(ErrorKind.REFUSED);
      assertThat(triton.tokens).isEmpty();

      Files.writeString(token, " \n");
      assertThat(failure(client.infer(call("b")))).hasMessageContaining("is empty");

      Files.writeString(token, "good");
      answer(client.infer(call("c")));
    }
  }

  @Test
  void aTokenIsNotSentInTheClearToAnotherMachine() throws IOException {
    Path token = Files.writeString(temporary.resolve("token"), "secret");
    TritonConfig config = TritonConfigs.ofSecurity(TritonConfigs.PLAIN, Optional.of(token));
    for (String local : List.of("127.0.0.1:1", "localhost:1", "[::1]:1")) {
      TritonClient.connect(List.of(local), config, () -> 0).close();
    }
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> TritonClient.connect(List.of("127.0.0.1:1", "192.0.2.1:8001"), config, () -> 0))
        .withMessageContaining("triton.tls.enabled: false")
        .withMessageContaining("192.0.2.1:8001");
  }

  @Test
  void aTrustedServerAnswersOverTls() throws IOException {
    Path token = Files.writeString(temporary.resolve("token"), "secret");
    try (ScriptedTriton triton =
            ScriptedTriton.start(serverSide().build()).otherwise(answer(OUTPUT));
        TritonClient client = connect(triton, trusting(server), token)) {
      answer(client.infer(call("a")));
      assertThat(client.controls().get(0).live().join()).isTrue();
      assertThat(triton.tokens).containsExactly("Bearer secret", "Bearer secret");
    }
  }

  @Test
  void aServerThatIsNotTrustedGetsNothing() throws IOException {
    try (ScriptedTriton triton = ScriptedTriton.start(serverSide().build());
        TritonClient client = connect(triton, trusting(user));
        TritonClient plain = connect(triton, TritonConfigs.PLAIN)) {
      TritonException untrusted = failure(client.infer(call("a")));
      assertThat(untrusted.kind()).isEqualTo(ErrorKind.UNREACHABLE);
      assertThat(untrusted).hasMessageContaining("unable to find valid certification path");
      assertThat(failure(plain.infer(call("a"))).kind()).isEqualTo(ErrorKind.UNREACHABLE);
      assertThat(triton.requests).isEmpty();
    }
  }

  @Test
  void aServerThatAsksForACertificateGetsOurs() throws IOException {
    SslContextBuilder mutual =
        serverSide().trustManager(user.pem().toFile()).clientAuth(ClientAuth.REQUIRE);
    TritonConfig.Tls own =
        new TritonConfig.Tls(
            true, Optional.of(server.pem()), Optional.of(user.pem()), Optional.of(user.key()));
    try (ScriptedTriton triton = ScriptedTriton.start(mutual.build()).otherwise(answer(OUTPUT));
        TritonClient known = connect(triton, own);
        TritonClient unknown = connect(triton, trusting(server))) {
      answer(known.infer(call("a")));
      assertThat(failure(unknown.infer(call("b"))).kind()).isEqualTo(ErrorKind.UNREACHABLE);
      assertThat(triton.requests).hasSize(1);
    }
  }

  @Test
  void certificatesThatCantBeReadAreNamed() throws IOException {
    Path garbage = Files.writeString(temporary.resolve("ca.pem"), "no certificate");
    for (Path ca : List.of(garbage, temporary.resolve("absent.pem"))) {
      TritonConfig.Tls tls =
          new TritonConfig.Tls(true, Optional.of(ca), Optional.empty(), Optional.empty());
      TritonConfig config = TritonConfigs.ofSecurity(tls, Optional.empty());
      assertThatThrownBy(() -> TritonClient.connect(List.of("localhost:1"), config, () -> 0))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("triton.tls")
          .hasMessageContaining(ca.toString());
    }
  }
}
