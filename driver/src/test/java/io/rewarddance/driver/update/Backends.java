package io.rewarddance.driver.update;

import io.rewarddance.driver.config.TlsFiles;
import io.rewarddance.driver.config.TrainingConfig;
import io.rewarddance.proto.training.TrainingJson;
import io.rewarddance.proto.training.UpdateProgress;
import io.rewarddance.proto.training.UpdateResult;
import io.rewarddance.proto.training.UpdateSettings;
import io.rewarddance.rollout.Algorithm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** What a training backend is told and says. */
final class Backends {
  static final String DIGEST = "ab".repeat(32);
  static final String NEW_POLICY = "cd".repeat(32);
  static final long BASE_VERSION = 4;
  static final String PATH = "/v1/runs/quick/updates/3";

  private Backends() {}

  static TrainingConfig config(Duration deadline, int retries, Optional<Path> token) {
    return config(deadline, retries, TlsFiles.NONE, token);
  }

  static TrainingConfig config(Duration deadline, int retries, TlsFiles tls, Optional<Path> token) {
    return new TrainingConfig(
        Optional.empty(),
        tls,
        token,
        Algorithm.NFT,
        48,
        2,
        0.2,
        0.2,
        0,
        "velocity",
        1,
        1,
        0,
        1,
        "ema-ramp",
        0,
        UpdateSettings.Refl.NONE,
        new UpdateSettings.Optimizer("adamw", 1e-3, 1e-2, 0.9, 0.95, 1e-8, 0, 0.9, 1),
        new TrainingConfig.Rate("constant", 0, 1, 1),
        deadline,
        retries);
  }

  static UpdateResult result() {
    return new UpdateResult(
        "quick",
        3,
        DIGEST,
        5,
        NEW_POLICY,
        40,
        144,
        6,
        0.25,
        1,
        1e-6,
        0.01,
        0.02,
        0.001,
        "velocity",
        0.5,
        1.5,
        1e-3,
        2.5);
  }

  static String resultJson() {
    return TrainingJson.write(result());
  }

  static String progressJson() {
    return TrainingJson.write(new UpdateProgress("quick", 3, DIGEST, "running", 0.5));
  }

  static String errorJson(String error) {
    return "{\"error\": \"" + error + "\", \"message\": \"why: 1 (expected: 2)\"}";
  }
}
