package io.rewarddance.embedded.trainer;

import io.rewarddance.embedded.noise.Philox;
import io.rewarddance.embedded.sampling.SamplingPlan;
import io.rewarddance.embedded.sampling.Schedule;
import io.rewarddance.embedded.sampling.Step;
import io.rewarddance.embedded.sampling.StepRule;
import io.rewarddance.embedded.trainer.update.InitialModel;
import io.rewarddance.proto.training.TrainingJson;
import io.rewarddance.proto.training.UpdateSettings;
import io.rewarddance.rollout.AdvantagedRollout;
import io.rewarddance.rollout.Algorithm;
import io.rewarddance.rollout.Generation;
import io.rewarddance.rollout.Image;
import io.rewarddance.rollout.ImageGradient;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rollouts drawn as the generator draws them, and the files that hold them. */
public final class SampledRollouts {
  private static final List<String> PROMPTS =
      List.of("a circle", "a red square", "a blue triangle", "a green circle");
  private static final int ELEMENTS = 3 * 32 * 32;
  private static final int GROUP = 4;

  private final InitialModel model;
  private final SamplerSettings sampler;
  private final int firstSeed;
  private final List<Trajectory> trajectories = new ArrayList<>();
  private final List<float[]> finals = new ArrayList<>();
  private Optional<ImageGradient> gradient = Optional.empty();

  private SampledRollouts(InitialModel model, SamplerSettings sampler, int firstSeed) {
    this.model = model;
    this.sampler = sampler;
    this.firstSeed = firstSeed;
  }

  /** Clean latents of the initial policy. */
  public static SampledRollouts ode(int count) throws IOException {
    InitialModel model = InitialModel.read(TestModel.versionDirectory());
    try (Velocity velocity = Velocity.torch(model, model.layout().flatten(model.weights()))) {
      return draw(count, odeSampler(), 0, model, velocity);
    }
  }

  public static SamplerSettings odeSampler() {
    return new SamplerSettings(Sampler.ODE, 6, 0, 0, 0, 1);
  }

  /** Rollout i has seed {@code firstSeed + i}. */
  public static SampledRollouts draw(
      int count, SamplerSettings sampler, int firstSeed, InitialModel model, Velocity velocity) {
    SampledRollouts rollouts = new SampledRollouts(model, sampler, firstSeed);
    for (int i = 0; i < count; i++) {
      rollouts.add(velocity, i);
    }
    return rollouts;
  }

  /** The ODE with the states of its last step. */
  public static SamplerSettings lateSampler() {
    return new SamplerSettings(Sampler.ODE, 6, 5, 1, 0, 1);
  }

  /** What all judges wish of every image, [32][32][3] nats per grey level. */
  public SampledRollouts wished(float[] values) {
    gradient = Optional.of(new ImageGradient(32, 32, values));
    return this;
  }

  /** The file of an iteration as if a policy had drawn them, with made-up advantages. */
  public StoredRollouts write(
      Path directory, String run, int iteration, PolicyRef policy, UpdateSettings settings)
      throws IOException {
    return write(directory, run, iteration, policy, TrainingJson.write(settings), "nft");
  }

  /** The same with settings as text, under an algorithm. */
  public StoredRollouts write(
      Path directory,
      String run,
      int iteration,
      PolicyRef policy,
      String settings,
      String algorithm)
      throws IOException {
    double[] advantages = new double[trajectories.size()];
    for (int i = 0; i < advantages.length; i++) {
      advantages[i] = Math.sin(i + iteration);
    }
    return write(directory, run, iteration, policy, settings, algorithm, advantages);
  }

  /** The same with advantages; every eighth rollout isn't trained on. */
  public StoredRollouts write(
      Path directory,
      String run,
      int iteration,
      PolicyRef policy,
      String settings,
      String algorithm,
      double[] advantages)
      throws IOException {
    List<AdvantagedRollout> rollouts = new ArrayList<>();
    for (int i = 0; i < advantages.length; i++) {
      ScoredRollout scored =
          new ScoredRollout(
              generation(i, iteration, policy),
              Map.of(),
              Reward.of("gold", advantages[i]),
              gradient);
      rollouts.add(new AdvantagedRollout(scored, advantages[i], i % 8 != 7));
    }
    return RolloutWriter.write(
        directory,
        new TrainingBatch(
            run, iteration, Algorithm.of(algorithm), policy, sampler, 7, settings, rollouts));
  }

  /** The initial policy. */
  public PolicyRef policy() {
    return new PolicyRef(1, model.digest());
  }

  /** The clean latents, one a rollout. */
  public List<float[]> finals() {
    return finals;
  }

  private Generation generation(int i, int iteration, PolicyRef policy) {
    return new Generation(
        new RolloutId(iteration, i / GROUP, i % GROUP),
        new Prompt(i % PROMPTS.size(), prompt(i), "single"),
        firstSeed + i,
        policy,
        Image.of(32, 32, new byte[ELEMENTS]),
        trajectories.get(i));
  }

  private void add(Velocity velocity, int i) {
    Schedule schedule = Schedule.shifted(sampler.steps(), model.sigmaShift());
    StepRule rule = StepRule.named(sampler.sampler().wireName(), sampler.noiseLevel());
    SamplingPlan plan = new SamplingPlan(schedule, rule, sampler.sdeStart(), sampler.sdeSteps());
    long[] tokens = model.tokenizer().encode("prompt", prompt(i));
    float[] x = Philox.normals(firstSeed + i, Philox.INITIAL_NOISE, 0, ELEMENTS);
    List<float[]> states = new ArrayList<>();
    float[] logProbs = new float[sampler.sdeSteps()];
    for (int index = 0; index < sampler.steps(); index++) {
      float[] before = x.clone();
      float[] v = velocity.at(x, (float) schedule.sigma(index), tokens);
      Step step = plan.step(index);
      if (plan.isRecorded(index)) {
        states.add(before);
      }
      if (plan.isStochastic(index)) {
        float[] noise = Philox.normals(firstSeed + i, Philox.SAMPLER_NOISE, index, ELEMENTS);
        step.advance(x, v, noise);
        logProbs[index - sampler.sdeStart()] = (float) step.meanLogProb(x, before, v);
      } else {
        step.advance(x, v);
      }
      if (plan.isRecorded(index) && !plan.isRecorded(index + 1)) {
        states.add(x.clone());
      }
    }
    finals.add(x);
    trajectories.add(
        new Trajectory(
            new int[] {3, 32, 32},
            flat(states.isEmpty() ? List.of(x) : states),
            Math.max(1, states.size()),
            logProbs,
            schedule.sigmas()));
  }

  private static float[] flat(List<float[]> states) {
    float[] flat = new float[states.size() * ELEMENTS];
    for (int s = 0; s < states.size(); s++) {
      System.arraycopy(states.get(s), 0, flat, s * ELEMENTS, ELEMENTS);
    }
    return flat;
  }

  private static String prompt(int i) {
    return PROMPTS.get(i % PROMPTS.size());
  }
}
