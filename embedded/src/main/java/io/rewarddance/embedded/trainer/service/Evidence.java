package io.rewarddance.embedded.trainer.service;

import io.rewarddance.proto.training.TrainingError;
import io.rewarddance.proto.training.TrainingJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps what a refused update was asked to do, and why it was refused. */
public final class Evidence {
  private static final Logger LOG = LoggerFactory.getLogger(Evidence.class);
  private static final int DIGEST_DIGITS = 16;

  private final Path directory;

  /**
   * @param directory made when it is needed
   */
  public Evidence(Path directory) {
    this.directory = directory;
  }

  /** Enough of a digest for a file's name. */
  static String shortened(String digest) {
    return digest.substring(0, DIGEST_DIGITS);
  }

  /** Keeps a copy of an update's file. */
  void keepFile(String name, Path file, FaultException why) {
    Path copy = directory.resolve(name + ".h5");
    keep(name, why, () -> Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING));
  }

  /** Keeps an update's request, which names its files. */
  void keepRequest(String name, Object request, FaultException why) {
    Path copy = directory.resolve(name + ".request.json");
    keep(name, why, () -> Files.writeString(copy, TrainingJson.write(request)));
  }

  private interface Keeping {
    Path keep() throws IOException;
  }

  private void keep(String name, FaultException why, Keeping what) {
    try {
      Files.createDirectories(directory);
      what.keep();
      TrainingError error = new TrainingError(why.fault().code(), why.getMessage());
      Files.writeString(directory.resolve(name + ".json"), TrainingJson.write(error));
    } catch (IOException e) {
      LOG.warn("{}: evidence not kept: {}", directory.resolve(name), e.toString());
    }
  }
}
