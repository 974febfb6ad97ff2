package io.rewarddance.embedded.trainer.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a judge's state lies: checkpoints of the newest few updates, and the weights that each
 * gave.
 */
public final class JudgeHome {
  private final Path directory;
  private final Disk disk;
  private final int keptCheckpoints;

  /**
   * @param directory made by the first save
   */
  public JudgeHome(Path directory, Disk disk, int keptCheckpoints) {
    this.directory = directory;
    this.disk = disk;
    this.keptCheckpoints = keptCheckpoints;
  }

  /** What training has reached; empty before the first update has ended. */
  public Optional<JudgeTrainingState> newest() throws IOException {
    return Files.isDirectory(directory) ? checkpoints().newest() : Optional.empty();
  }

  /** Makes a state and its weights durable, the weights first. */
  public void save(JudgeTrainingState state, byte[] weightsFile) throws IOException {
    archive().save(state.step(), weightsFile);
    checkpoints().save(state);
  }

  /** Forgets a state whose save failed half-way. */
  public void forgetAfter(int step) throws IOException {
    checkpoints().forgetAfter(step);
  }

  /** The weights file of an update, if it is there. */
  public Optional<byte[]> weights(int step, String sha256) throws IOException {
    return archive().read(step, sha256);
  }

  private CheckpointStore<JudgeTrainingState> checkpoints() throws IOException {
    Path checkpoints = Files.createDirectories(directory.resolve("checkpoints"));
    return new CheckpointStore<>(checkpoints, disk, keptCheckpoints, new JudgeCheckpoint());
  }

  private WeightsArchive archive() throws IOException {
    return new WeightsArchive(Files.createDirectories(directory.resolve("weights")), disk);
  }
}
