package io.rewarddance.embedded.trainer;

import io.rewarddance.embedded.noise.Philox;
import io.rewarddance.embedded.sampling.SamplingPlan;
import io.rewarddance.embedded.sampling.Schedule;
import io.rewarddance.embedded.sampling.Step;
import io.rewarddance.embedded.sampling.StepRule;
import io.rewarddance.embedded.trainer.tensor.BoundWeights;
import io.rewarddance.embedded.trainer.tensor.Scopes;
import io.rewarddance.embedded.trainer.tensor.Tensors;
import io.rewarddance.embedded.trainer.tensor.TracedNetwork;
import io.rewarddance.embedded.trainer.update.InitialModel;
import io.rewarddance.proto.training.TrainingJson;
import io.rewarddance.proto.training.UpdateSettings;
import io.rewarddance.rollout.AdvantagedRollout;
import io.rewarddance.rollout.Algorithm;
import io.rewarddance.rollout.Generation;
import io.rewarddance.rollout.Image;
import io.rewarddance.rollout.PolicyRef;
import io.rewarddance.rollout.Prompt;
import io.rewarddance.rollout.Reward;
import io.rewarddance.rollout.RolloutId;
import io.rewarddance.rollout.Sampler;
import io.rewarddance.rollout.SamplerSettings;
import io.rewarddance.rollout.ScoredRollout;
import io.rewarddance.rollout.TrainingBatch;
import io.rewarddance.rollout.Trajectory;
import io.rewarddance.rollout.store.RolloutWriter;
import io.rewarddance.rollout.store.StoredRollouts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Rollouts drawn with the initial policy by libtorch, with made-up advantages, as files. */
public final class SampledRollouts {
  private static final List<String> PROMPTS =
      List.of("a circle", "a red square", "a blue triangle", "a green circle");
  private static final int[] SHAPE = {3, 32, 32};
  private static final int ELEMENTS = 3 * 32 * 32;

  private final InitialModel model;
  private final SamplerSettings sampler;
  private final List<Trajectory> trajectories;

  private SampledRollouts(
      InitialModel model, SamplerSettings sampler, List<Trajectory> trajectories) {
    this.model = model;
    this.sampler = sampler;
    this.trajectories = trajectories;
  }

  /** Clean latents only. */
  public static SampledRollouts ode(int count) throws IOException {
    return draw(count, new SamplerSettings(Sampler.ODE, 6, 0, 0, 0, 1));
  }

  public static SampledRollouts draw(int count, SamplerSettings sampler) throws IOException {
    InitialModel model = InitialModel.read(TestModel.versionDirectory());
    try (TracedNetwork network = TracedNetwork.read(model.network());
        BoundWeights weights =
            new BoundWeights(model.layout(), model.layout().flatten(model.weights()), false)) {
      List<Trajectory> trajectories = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        int seed = i;
        trajectories.add(
            Scopes.scoped(
                () ->
                    Scopes.withoutGradient(
                        () -> trajectory(model, network, weights, sampler, seed))));
      }
      return new SampledRollouts(model, sampler, trajectories);
    }
  }

  /** The file of an iteration, as drawn by a policy. */
  public StoredRollouts write(
      Path directory, String run, int iteration, PolicyRef policy, UpdateSettings settings)
      throws IOException {
    return write(
        directory, run, iteration, policy, TrainingJson.write(settings), settings.algorithm());
  }

  /** The same with settings as text. */
  public StoredRollouts write(
      Path directory,
      String run,
      int iteration,
      PolicyRef policy,
      String settings,
      String algorithm)
      throws IOException {
    List<AdvantagedRollout> rollouts = new ArrayList<>();
    for (int i = 0; i < trajectories.size(); i++) {
      double advantage = Math.sin(i + iteration);
      Generation generation =
          new Generation(
              new RolloutId(iteration, i / 4, i % 4),
              new Prompt(i % PROMPTS.size(), PROMPTS.get(i % PROMPTS.size()), "single"),
              i,
              policy,
              Image.of(32, 32, new byte[ELEMENTS]),
              trajectories.get(i));
      rollouts.add(
          new AdvantagedRollout(
              new ScoredRollout(generation, Map.of(), Reward.of("gold", advantage)),
              advantage,
              i % 8 != 7));
    }
    return RolloutWriter.write(
        directory,
        new TrainingBatch(
            run, iteration, Algorithm.of(algorithm), policy, sampler, 7, settings, rollouts));
  }

  /** The policy that drew them. */
  public PolicyRef policy() {
    return new PolicyRef(1, model.digest());
  }

  private static Trajectory trajectory(
      InitialModel model,
      TracedNetwork network,
      BoundWeights weights,
      SamplerSettings sampler,
      int seed) {
    Schedule schedule = Schedule.shifted(sampler.steps(), model.sigmaShift());
    SamplingPlan plan =
        new SamplingPlan(
            schedule,
            StepRule.named(sampler.sampler().wireName(), sampler.noiseLevel()),
            sampler.sdeStart(),
            sampler.sdeSteps());
    long[] tokens = model.tokenizer().encode("prompt", PROMPTS.get(seed % PROMPTS.size()));
    float[] x = Philox.normals(seed, Philox.INITIAL_NOISE, 0, ELEMENTS);
    List<float[]> states = new ArrayList<>();
    float[] logProbs = new float[sampler.sdeSteps()];
    for (int index = 0; index < sampler.steps(); index++) {
      float[] v = new float[ELEMENTS];
      Tensors.read(
          network.velocity(
              Tensors.of(x, 1, 3, 32, 32),
              Tensors.of(new float[] {(float) schedule.sigma(index)}, 1),
              Tensors.of(tokens, 1, tokens.length),
              weights.tensors()),
          v,
          0);
      Step step = plan.step(index);
      if (plan.isStochastic(index)) {
        float[] before = x.clone();
        states.add(before);
        step.advance(x, v, Philox.normals(seed, Philox.SAMPLER_NOISE, index, ELEMENTS));
        logProbs[index - sampler.sdeStart()] = (float) step.meanLogProb(x, before, v);
        if (!plan.isStochastic(index + 1)) {
          states.add(x.clone());
        }
      } else {
        step.advance(x, v);
      }
    }
    if (states.isEmpty()) {
      states.add(x);
    }
    float[] flat = new float[states.size() * ELEMENTS];
    for (int s = 0; s < states.size(); s++) {
      System.arraycopy(states.get(s), 0, flat, s * ELEMENTS, ELEMENTS);
    }
    return new Trajectory(
        Arrays.copyOf(SHAPE, 3), flat, states.size(), logProbs, schedule.sigmas());
  }
}
