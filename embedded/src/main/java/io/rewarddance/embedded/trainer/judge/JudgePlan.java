package io.rewarddance.embedded.trainer.judge;

import io.rewarddance.embedded.trainer.optimizer.RateSchedule;
import io.rewarddance.proto.training.JudgeUpdateSettings;

/**
 * The settings of an update, checked.
 *
 * @param schedule share of the peak rates at an optimizer step
 */
record JudgePlan(
    JudgeUpdateSettings settings, Recipe recipe, Reasons reasons, RateSchedule schedule) {
  private static final String LOG_ODDS = "log-odds";
  private static final String PROBABILITY = "probability";

  /**
   * @throws IllegalArgumentException naming the setting that can't be
   */
  static JudgePlan of(JudgeUpdateSettings settings) {
    Recipe recipe = Recipe.of(settings.recipe());
    Reasons reasons = Reasons.of(settings.reasons());
    require(
        recipe.speaks() || reasons == Reasons.NONE,
        "reasons",
        settings.reasons(),
        "none for " + recipe);
    require(settings.steps() >= 1, "steps", settings.steps(), ">= 1");
    require(settings.minibatch() >= 1, "minibatch", settings.minibatch(), ">= 1");
    require(
        settings.bradleyTerryOn().equals(LOG_ODDS) || settings.bradleyTerryOn().equals(PROBABILITY),
        "bradleyTerryOn",
        settings.bradleyTerryOn(),
        LOG_ODDS + " or " + PROBABILITY);
    weight("crossEntropyWeight", settings.crossEntropyWeight());
    weight("reasonWeight", settings.reasonWeight());
    double noise = settings.pixelNoise();
    require(noise >= 0 && noise <= 1, "pixelNoise", noise, "0 to 1");
    double average = settings.average();
    require(average >= 0 && average < 1, "average", average, "from 0 to below 1");
    return new JudgePlan(settings, recipe, reasons, new RateSchedule(settings.schedule()));
  }

  boolean onProbability() {
    return recipe.speaks() && settings.bradleyTerryOn().equals(PROBABILITY);
  }

  JudgeLoss loss(Reading reading, AnswerWords words) {
    BradleyTerryLoss.Settings bradleyTerry =
        new BradleyTerryLoss.Settings(
            onProbability(),
            recipe.speaks() ? settings.crossEntropyWeight() : 0,
            settings.reasonWeight());
    return recipe.comparesImages()
        ? new ComparingLoss(
            new BradleyTerryLoss(reading, words, bradleyTerry, Side.BESIDE_REFERENCE),
            new PairwiseLoss(reading, words, settings.orderSwap(), settings.reasonWeight()))
        : new BradleyTerryLoss(reading, words, bradleyTerry, Side.ALONE);
  }

  /** How a trained judge's pairs are answered. */
  Verdict verdict(Reading reading, AnswerWords words) {
    return recipe.comparesImages()
        ? new ComparingVerdict(
            new BradleyTerryVerdict(reading, words, onProbability(), Side.BESIDE_REFERENCE),
            new PairwiseVerdict(reading, words, settings.orderSwap()))
        : new BradleyTerryVerdict(reading, words, onProbability(), Side.ALONE);
  }

  private static void weight(String name, double value) {
    require(value >= 0 && value < Double.POSITIVE_INFINITY, name, value, ">= 0 and finite");
  }

  private static void require(boolean holds, String name, Object value, String expected) {
    if (!holds) {
      throw new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
    }
  }
}
