package io.rewarddance.driver.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewarddance.driver.config.ConfigException;
import io.rewarddance.driver.config.ConfigLoader;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

final class RunSettingsTest {
  /** Or the two curves could not be compared. */
  @Test
  void theQuickstartAgainstTritonIsTheSameExperiment() throws Exception {
    ObjectNode embedded = settings("quickstart.yaml");
    ObjectNode real =
        settings("quickstart-triton.yaml", "publish.directory=triton-models/repository");
    assertThat(RunSettings.differences(embedded, real)).isEmpty();
  }

  private static ObjectNode settings(String experiment, String... sets) throws ConfigException {
    return RunSettings.of(
        new ConfigLoader()
            .load(TinyRun.ROOT.resolve("experiments").resolve(experiment), List.of(sets))
            .config(),
        List.of(),
        List.of());
  }
}
