package io.rewarddance.driver.judges.train;

import io.rewarddance.driver.adhoc.AdHocModels;
import io.rewarddance.driver.config.JudgeTrainingConfig;
import io.rewarddance.driver.config.TritonConfig;
import io.rewarddance.driver.judges.GuestModel;
import io.rewarddance.driver.judges.JobException;
import io.rewarddance.driver.judges.StageSeconds;
import io.rewarddance.proto.training.JudgeUpdateResult;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the published judge into service and proves it there. A model that isn't what was trained
 * stays neither in the repository nor in service; what it replaced is back in both.
 */
final class Delivery {
  private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

  private final JudgeTrainingConfig config;
  private final JudgeModel model;
  private final Proof proof;
  private final String name;

  Delivery(JudgeTrainingConfig config, JudgeModel model, Proof proof) {
    this.config = config;
    this.model = model;
    this.proof = proof;
    this.name = config.publish().model();
  }

  /**
   * Before anything is trained: servers that aren't ours answer, and take loads.
   *
   * @throws IOException when one doesn't
   */
  void rehearse() throws IOException {
    if (!config.triton().embedded()) {
      try (AdHocModels models = open()) {
        GuestModel.rehearse(models.controls());
      }
    }
  }

  private AdHocModels open() throws IOException {
    TritonConfig served = config.triton().withRepository(config.publish().repository());
    return AdHocModels.open(served, Set.of(name), config.effectiveThreads());
  }

  /**
   * @param kept what the backend measured of the model's weights
   * @return the largest difference from it
   * @throws IOException when the model can't be brought into service
   * @throws JobException when it doesn't answer as it was measured
   */
  double prove(JudgeUpdateResult kept, StageSeconds seconds) throws IOException, JobException {
    long start = System.nanoTime();
    boolean proven = false;
    try (AdHocModels models = open()) {
      try {
        load(models);
        double[] answers = proof.served(models.describe(name), models.inference());
        double difference = proof.compare(proof.trained(kept), answers);
        proven = true;
        model.confirm();
        seconds.add("proving", (System.nanoTime() - start) / 1e9);
        return difference;
      } finally {
        if (!proven) {
          takeOut(models);
        }
      }
    } finally {
      if (!proven) {
        model.withdraw();
      }
    }
  }

  private void load(AdHocModels models) throws IOException {
    if (!config.triton().embedded()) {
      GuestModel guest = new GuestModel(name, models.controls());
      guest.load(config.triton().loadDeadline());
      guest.require(model::isOurs);
    }
  }

  private void takeOut(AdHocModels models) throws IOException {
    boolean another = model.withdraw();
    if (config.triton().embedded()) {
      return;
    }
    GuestModel guest = new GuestModel(name, models.controls());
    List<String> left =
        another
            ? guest.reload(model::isOurs, config.triton().loadDeadline())
            : guest.unload(model::isOurs);
    if (!left.isEmpty()) {
      LOG.warn("'{}' may still be in service: {}", name, String.join("; ", left));
    }
  }
}
