package io.rewarddance.embedded.trainer.update;

import io.rewarddance.embedded.trainer.loss.Loss;
import io.rewarddance.embedded.trainer.loss.TrainingSet;
import io.rewarddance.embedded.trainer.optimizer.RateSchedule;
import io.rewarddance.embedded.trainer.step.NonFiniteException;
import io.rewarddance.embedded.trainer.step.UpdateNoise;
import io.rewarddance.proto.training.TrainingJson;
import io.rewarddance.proto.training.UpdateSettings;
import io.rewarddance.rollout.store.RolloutFile;
import io.rewarddance.rollout.store.RolloutHeader;

/**
 * What a file asks for, all of it checked before any work is done.
 *
 * @param rollouts how many are trained on
 * @param factor share of the peak learning rates
 * @param oldPolicy how the sampling policy follows; only for NFT
 */
record UpdatePlan(
    RolloutHeader header,
    String digest,
    UpdateSettings settings,
    int rollouts,
    Loss loss,
    UpdateNoise noise,
    double factor,
    OldPolicy oldPolicy) {

  /**
   * @throws BadRolloutsException naming what can't be trained on
   * @throws NonFiniteException naming the rollout and its column
   */
  static UpdatePlan of(RolloutFile file, InitialModel model) {
    try {
      return parse(file, model);
    } catch (IllegalArgumentException e) {
      throw new BadRolloutsException(e.getMessage(), e);
    }
  }

  private static UpdatePlan parse(RolloutFile file, InitialModel model) {
    RolloutHeader header = file.header();
    UpdateSettings settings = TrainingJson.read(header.updateSettingsJson(), UpdateSettings.class);
    requireSame("algorithm", settings.algorithm(), header.algorithm().wireName());
    requireSame("latent_shape", header.latentShape(), model.latentShape());
    double average = settings.average();
    if (!(average >= 0 && average < 1)) {
      throw new IllegalArgumentException("average: " + average + " (expected: from 0 to below 1)");
    }
    TrainingSet set = RolloutTensors.read(file, model.tokenizer());
    UpdateNoise noise = new UpdateNoise(settings.seed(), header.iteration());
    return new UpdatePlan(
        header,
        file.sha256(),
        settings,
        set.size(),
        Losses.of(settings, set, noise, model.sigmaShift()),
        noise,
        new RateSchedule(settings.schedule()).factor(header.iteration()),
        OldPolicy.of(settings.oldPolicy()));
  }

  private static void requireSame(String name, Object value, Object expected) {
    if (!value.equals(expected)) {
      throw new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
    }
  }
}
