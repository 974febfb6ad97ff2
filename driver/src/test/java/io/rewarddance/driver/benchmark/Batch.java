package io.rewarddance.driver.benchmark;

import io.rewarddance.driver.config.JudgeConfig;
import io.rewarddance.driver.model.Contracts;
import io.rewarddance.driver.model.ServedModel;
import io.rewarddance.driver.testing.DescribedGenerator;
import io.rewarddance.driver.testing.DescribedModels;
import io.rewarddance.rollout.Sampler;
import io.rewarddance.rollout.SamplerSettings;
import java.util.List;
import java.util.Optional;

/** Sizes of the benchmark's messages: a group of images of 512x512 with their clean latents. */
final class Batch {
  static final int ROWS = 8;
  static final int SIDE = 512;
  static final int IMAGE_BYTES = SIDE * SIDE * 3;
  static final int LATENT_ELEMENTS = 16 * 64 * 64;
  static final int FLOW_CONTROL_WINDOW = 4 << 20;
  static final int IN_FLIGHT = 4;
  static final String PROMPT = "a red circle above two blue squares";
  static final SamplerSettings SAMPLER = new SamplerSettings(Sampler.ODE, 16, 0, 0, 0, 4.5f);

  static final ServedModel GENERATOR =
      DescribedGenerator.of(
          NullModels.GENERATOR,
          ROWS,
          List.of((long) SIDE, (long) SIDE, 3L),
          List.of(-1L, 16L, 64L, 64L));

  static final ServedModel JUDGE =
      DescribedModels.of(Contracts.POINTWISE_JUDGE, NullModels.JUDGE, ROWS);

  static final JudgeConfig JUDGE_CONFIG =
      new JudgeConfig(
          NullModels.JUDGE,
          "match",
          1,
          JudgeConfig.Question.POINTWISE,
          "Does the image match?",
          false,
          0.5,
          Optional.empty(),
          JudgeConfig.Transform.PROBABILITY);

  private Batch() {}
}
