package io.rewarddance.driver.triton;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.rewarddance.driver.testing.ScriptedTriton;
import io.rewarddance.driver.testing.TritonConfigs;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class ModelControlTest {
  /**
   * Left alone, gRPC lets a second pass after a failure, then more, and fails all calls till then.
   */
  @Test
  void aLoadReachesAServerAsSoonAsItIsBack() {
    try (ScriptedTriton server = ScriptedTriton.start();
        TritonClient client =
            TritonClient.connect(
                List.of(server.endpoint()), TritonConfigs.ofRetries(0), () -> 1.0)) {
      ModelControl control = client.controls().get(0);
      server.kill();
      TritonException away = failedLoad(control);
      assertThat(away.kind()).isEqualTo(ErrorKind.UNREACHABLE);
      assertThat(away).hasMessageContaining("Connection refused");
      server.restart();
      assertThat(failedLoad(control).kind())
          .as("what a server says that has no such call")
          .isEqualTo(ErrorKind.UNSUPPORTED);
    }
  }

  private static TritonException failedLoad(ModelControl control) {
    Throwable failure = catchThrowable(() -> control.load("m", Duration.ofSeconds(20)).join());
    return (TritonException) failure.getCause();
  }
}
