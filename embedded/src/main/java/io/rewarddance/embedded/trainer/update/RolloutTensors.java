package io.rewarddance.embedded.trainer.update;

import io.rewarddance.embedded.sampling.SamplingPlan;
import io.rewarddance.embedded.sampling.Schedule;
import io.rewarddance.embedded.sampling.StepRule;
import io.rewarddance.embedded.text.Tokenizer;
import io.rewarddance.embedded.trainer.loss.FreeFrames;
import io.rewarddance.embedded.trainer.loss.TrainingSet;
import io.rewarddance.embedded.trainer.step.NonFiniteException;
import io.rewarddance.rollout.SamplerSettings;
import io.rewarddance.rollout.store.RolloutFile;
import io.rewarddance.rollout.store.RolloutTable;
import java.util.stream.IntStream;

/** Takes from a rollout file what an update trains on: the rollouts marked {@code trained}. */
final class RolloutTensors {
  private RolloutTensors() {}

  /**
   * @throws NonFiniteException naming the rollout and its column
   * @throws BadRolloutsException when the schedule, the sampler or a prompt can't be
   */
  static TrainingSet read(RolloutFile file, Tokenizer tokenizer) {
    RolloutTable table = file.table();
    int[] rows = IntStream.range(0, file.size()).filter(row -> table.trained()[row]).toArray();
    int window = file.header().sampler().sdeSteps();
    long[] shape = file.header().latentShape().stream().mapToLong(Integer::longValue).toArray();
    float[][] latents = new float[rows.length][];
    float[][] logProbs = new float[rows.length][window];
    long[][] tokens = new long[rows.length][];
    double[] advantages = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      latents[i] = finite("latents", rows[i], file.latents(rows[i]));
      System.arraycopy(table.logProbs(), rows[i] * window, logProbs[i], 0, window);
      finite("log_probs", rows[i], logProbs[i]);
      tokens[i] = tokens(tokenizer, rows[i], table.prompt()[rows[i]]);
      advantages[i] = table.advantage()[rows[i]];
      if (!Double.isFinite(advantages[i])) {
        throw notFinite("advantage", rows[i], advantages[i]);
      }
    }
    SamplingPlan plan = plan(file.header().sampler(), table.sigmas());
    return new TrainingSet(
        shape,
        latents,
        tokens,
        advantages,
        logProbs,
        plan,
        free(file, shape),
        JudgeColumns.read(file, rows));
  }

  private static FreeFrames free(RolloutFile file, long[] shape) {
    if (file.table().firstFrame().length == 0) {
      return FreeFrames.ALL;
    }
    try {
      return FreeFrames.allButFirst(shape);
    } catch (IllegalArgumentException e) {
      throw new BadRolloutsException(e.getMessage(), e);
    }
  }

  private static SamplingPlan plan(SamplerSettings sampler, float[] sigmas) {
    try {
      return new SamplingPlan(
          Schedule.of(sigmas),
          StepRule.named(sampler.sampler().wireName(), sampler.noiseLevel()),
          sampler.sdeStart(),
          sampler.sdeSteps());
    } catch (IllegalArgumentException e) {
      throw new BadRolloutsException(e.getMessage(), e);
    }
  }

  static long[] tokens(Tokenizer tokenizer, int row, String prompt) {
    try {
      return tokenizer.encode("prompt[" + row + "]", prompt);
    } catch (IllegalArgumentException e) {
      throw new BadRolloutsException(e.getMessage(), e);
    }
  }

  static float[] finite(String column, int row, float[] values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw notFinite(column, row, value);
      }
    }
    return values;
  }

  private static NonFiniteException notFinite(String column, int row, double value) {
    return new NonFiniteException(column + "[" + row + "]: " + value + " (expected: finite)");
  }
}
