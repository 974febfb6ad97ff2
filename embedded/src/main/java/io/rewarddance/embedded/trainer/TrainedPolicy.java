package io.rewarddance.embedded.trainer;

import io.rewarddance.embedded.trainer.service.Counters;
import io.rewarddance.embedded.trainer.service.Evidence;
import io.rewarddance.embedded.trainer.service.UpdateService;
import io.rewarddance.embedded.trainer.service.WorkThread;
import io.rewarddance.embedded.trainer.state.CheckpointStore;
import io.rewarddance.embedded.trainer.state.Disk;
import io.rewarddance.embedded.trainer.state.PolicyCheckpoint;
import io.rewarddance.embedded.trainer.state.TrainerState;
import io.rewarddance.embedded.trainer.update.InitialModel;
import io.rewarddance.embedded.trainer.update.Updater;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The policy of a backend: what updates it, and the service in front of that.
 *
 * @param updater to be closed when nothing runs any more
 */
record TrainedPolicy(Updater updater, UpdateService service) {
  /**
   * @param initialModel version directory of the model to start from
   */
  static TrainedPolicy open(
      TrainingBackendSettings settings,
      Path initialModel,
      WorkThread thread,
      Evidence evidence,
      Counters counters)
      throws IOException {
    InitialModel model = InitialModel.read(initialModel);
    Path checkpoints = settings.stateDirectory().resolve("checkpoints");
    Files.createDirectories(checkpoints);
    CheckpointStore<TrainerState> store =
        new CheckpointStore<>(
            checkpoints,
            Disk.real(),
            settings.keptCheckpoints(),
            new PolicyCheckpoint(model.digest()));
    Updater updater = new Updater(model, settings.threads());
    try {
      return new TrainedPolicy(
          updater, new UpdateService(thread, updater, store, evidence, counters));
    } catch (IOException | RuntimeException e) {
      updater.close();
      throw e;
    }
  }
}
