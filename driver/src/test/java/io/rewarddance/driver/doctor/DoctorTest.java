package io.rewarddance.driver.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DoctorTest {
  @TempDir Path temporary;

  @Test
  void thisMachineCanBuildTheProject() {
    List<Finding> findings =
        new Doctor((r, m) -> List.of()).look(Optional.empty(), List.of()).findings();
    assertThat(findings)
        .extracting(Finding::name)
        .containsExactly("JDK", "cores", "memory", "loopback port", "library cache");
    assertThat(findings.get(0).state()).isEqualTo(Finding.State.OK);
  }

  @Test
  void aTakenPortIsNamed() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Finding finding = Network.listen("port", taken.getLocalPort());
      assertThat(finding.state()).isEqualTo(Finding.State.PROBLEM);
      assertThat(finding.detail()).contains(String.valueOf(taken.getLocalPort()));
      assertThat(finding.advice()).isNotEmpty();
    }
  }

  @Test
  void aServerThatAnswersAndOneThatDoesNot() throws IOException {
    int port;
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = server.getLocalPort();
      assertThat(Network.reach("trainer", "127.0.0.1", port).state()).isEqualTo(Finding.State.OK);
    }
    Finding gone = Network.reach("trainer", "127.0.0.1", port);
    assertThat(gone.state()).isEqualTo(Finding.State.PROBLEM);
    assertThat(gone.detail()).startsWith("127.0.0.1:" + port + " can't be reached");
  }

  @Test
  void aRepositoryMustHaveConfigAndVersionAndFullFiles() throws IOException {
    Path model = Files.createDirectories(temporary.resolve("generator/3"));
    Files.createDirectories(temporary.resolve("generator/12"));
    assertThat(Repository.look(temporary).detail()).contains("no config.pbtxt");
    Files.writeString(temporary.resolve("generator/config.pbtxt"), "name: 'generator'");
    assertThat(Repository.look(temporary)).isEqualTo(Finding.ok("models", "generator"));
    assertThat(Repository.latest(temporary.resolve("generator"))).hasValue(12);
    Files.createFile(temporary.resolve("generator/12/weights.safetensors"));
    assertThat(Repository.look(temporary).detail()).contains("weights.safetensors is empty");
    assertThat(Repository.look(model).detail()).endsWith("is empty");
    assertThat(Repository.look(temporary.resolve("none")).state()).isEqualTo(Finding.State.PROBLEM);
  }

  @Test
  void storageLooksAtTheClosestDirectoryThatExists() {
    assertThat(Storage.look("disk", temporary.resolve("a/b"), 0).state())
        .isEqualTo(Finding.State.OK);
    assertThat(Storage.look("disk", temporary, 1e9).advice()).startsWith("make room");
    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  void aProbeIsJudgedByHowItEnds() {
    assertThat(NativeProbe.look(List.of("sh", "-c", "exit 0")).state()).isEqualTo(Finding.State.OK);
    Finding killed = NativeProbe.look(List.of("sh", "-c", "echo no such symbol; kill -SEGV $$"));
    assertThat(killed.state()).isEqualTo(Finding.State.PROBLEM);
    assertThat(killed.detail()).isEqualTo("exit code 139: no such symbol");
    assertThat(NativeProbe.look(List.of("no-such-program")).detail())
        .startsWith("probe can't start");
  }
}
