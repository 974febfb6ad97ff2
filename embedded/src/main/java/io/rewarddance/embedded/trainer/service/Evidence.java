package io.rewarddance.embedded.trainer.service;

import io.rewarddance.proto.training.TrainingError;
import io.rewarddance.proto.training.TrainingJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the rollout file of a refused update, and why it was refused. */
final class Evidence {
  private static final Logger LOG = LoggerFactory.getLogger(Evidence.class);
  private static final int DIGEST_DIGITS = 16;

  private final Path directory;

  Evidence(Path directory) {
    this.directory = directory;
  }

  void keep(Submission submission, FaultException why) {
    String name =
        "iteration-%06d-%s"
            .formatted(submission.iteration(), submission.digest().substring(0, DIGEST_DIGITS));
    try {
      Files.createDirectories(directory);
      Files.copy(
          submission.file(), directory.resolve(name + ".h5"), StandardCopyOption.REPLACE_EXISTING);
      TrainingError error = new TrainingError(why.fault().code(), why.getMessage());
      Files.writeString(directory.resolve(name + ".json"), TrainingJson.write(error));
    } catch (IOException e) {
      LOG.warn("{}: evidence not kept: {}", directory.resolve(name), e.toString());
    }
  }
}
