package io.rewarddance.embedded.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rewarddance.proto.local.LocalStackSettings;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServeMainTest {
  @Test
  void readsItsOptions() {
    LocalStackSettings settings =
        ServeMain.settings("--port", "0", "--repository", "models", "--threads", "3");

    assertThat(settings.inference())
        .isEqualTo(Optional.of(new LocalStackSettings.Inference(Path.of("models"), 0)));
    assertThat(settings.training()).isEmpty();
    assertThat(settings.threads()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "--port 1",
        "--repository",
        "--repository r --port x",
        "--repository r --port -1",
        "--repository r --threads 0",
        "--repository r --colour red"
      })
  void namesWhatItCanNotUse(String arguments) {
    String[] words = arguments.isEmpty() ? new String[0] : arguments.split(" ");

    assertThatThrownBy(() -> ServeMain.settings(words))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching(".*(expected: |no value).*");
  }
}
