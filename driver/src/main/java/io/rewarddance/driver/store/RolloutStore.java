package io.rewarddance.driver.store;

import io.rewarddance.driver.failure.StepFailedException;
import io.rewarddance.rollout.FailureKind;
import io.rewarddance.rollout.TrainingBatch;
import io.rewarddance.rollout.store.RolloutReader;
import io.rewarddance.rollout.store.RolloutWriter;
import io.rewarddance.rollout.store.StoreException;
import io.rewarddance.rollout.store.StoreFullException;
import io.rewarddance.rollout.store.StoredRollouts;
import java.nio.file.Path;

/** The rollout files of a run. */
public final class RolloutStore {
  private final Path directory;

  public RolloutStore(Path directory) {
    this.directory = directory;
  }

  /**
   * @throws StepFailedException of kind STORE_FULL or STORE_ERROR; no part of the file remains
   */
  public StoredRollouts write(TrainingBatch batch) {
    try {
      return RolloutWriter.write(directory, batch);
    } catch (StoreFullException e) {
      throw new StepFailedException(FailureKind.STORE_FULL, e.getMessage(), e);
    } catch (StoreException e) {
      throw new StepFailedException(FailureKind.STORE_ERROR, e.getMessage(), e);
    }
  }

  /** Whether the file that the journal names is there and unharmed. */
  public boolean isSound(Path file, String sha256) {
    try {
      RolloutReader.read(file, sha256);
      return true;
    } catch (StoreException e) {
      return false;
    }
  }
}
