package io.rewarddance.driver.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewarddance.driver.local.LocalLauncher;
import io.rewarddance.driver.publish.Trees;
import io.rewarddance.proto.local.LocalServices;
import io.rewarddance.proto.local.LocalStackSettings;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The doctor before the embedded server. */
@Timeout(120)
final class EmbeddedDoctorTest {
  private static final Path MODELS =
      Path.of(System.getProperty("rewarddance.root"), "triton-models", "repository");

  @TempDir Path temporary;

  @Test
  void everyModelIsComparedWithTheContracts() throws Exception {
    Path repository = temporary.resolve("repository");
    Trees.copy(MODELS, repository);
    try (LocalServices server =
        LocalLauncher.start(
            new LocalStackSettings(
                Optional.of(new LocalStackSettings.Inference(repository, 0)),
                Optional.empty(),
                1))) {
      Misfits misfits = new Misfits(repository, server.inferenceEndpoint().orElseThrow());
      assertThat(misfits.look().findings())
          .extracting(Finding::state)
          .containsOnly(Finding.State.OK);
      misfits.addJudges();
      Misfits.assertJudges(misfits.look());
    }
  }
}
