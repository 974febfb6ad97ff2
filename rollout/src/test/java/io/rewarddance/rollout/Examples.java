package io.rewarddance.rollout;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Valid batches for tests, made from a seed. */
public final class Examples {
  /** Sizes of a batch. */
  public record Shape(
      int groups, int groupSize, int height, int width, int[] latent, int steps, int window) {}

  /** Two groups of three 4x5 images with a window of two steps. */
  public static final Shape SMALL = new Shape(2, 3, 4, 5, new int[] {2, 3, 2}, 4, 2);

  /** Clean latents only. */
  public static final Shape CLEAN = new Shape(1, 2, 2, 2, new int[] {3, 2, 2}, 3, 0);

  public static final PolicyRef POLICY = new PolicyRef(3, "0123456789abcdef".repeat(4));

  private Examples() {}

  public static TrainingBatch batch(Shape shape, long seed) {
    Random random = new Random(seed);
    int iteration = random.nextInt(1000);
    List<AdvantagedRollout> rollouts = new ArrayList<>();
    for (int group = 0; group < shape.groups(); group++) {
      Prompt prompt = new Prompt(random.nextInt(100), text(random), group == 0 ? "" : "position");
      for (int rollout = 0; rollout < shape.groupSize(); rollout++) {
        RolloutId id = new RolloutId(iteration, group, rollout);
        ScoredRollout scored = scored(generation(shape, id, prompt, random), random);
        rollouts.add(new AdvantagedRollout(scored, random.nextGaussian(), random.nextInt(4) > 0));
      }
    }
    boolean ode = shape.window() == 0;
    SamplerSettings sampler =
        new SamplerSettings(
            ode ? Sampler.ODE : Sampler.FLOW_SDE, shape.steps(), 0, shape.window(), 0.7f, 1f);
    return new TrainingBatch(
        "test-run",
        iteration,
        ode ? Algorithm.NFT : Algorithm.GRPO,
        POLICY,
        sampler,
        random.nextLong(),
        "{\"algorithm\":\"" + (ode ? "nft" : "grpo") + "\",\"note\":\"grüße\"}",
        rollouts);
  }

  public static Generation generation(Shape shape, RolloutId id, Prompt prompt, Random random) {
    byte[] rgb = new byte[shape.height() * shape.width() * 3];
    random.nextBytes(rgb);
    int states = shape.window() + 1;
    int size = 1;
    for (int dim : shape.latent()) {
      size *= dim;
    }
    Trajectory trajectory =
        new Trajectory(
            shape.latent(),
            floats(random, states * size),
            states,
            floats(random, shape.window()),
            schedule(shape.steps()));
    return new Generation(
        id,
        prompt,
        random.nextLong(),
        POLICY,
        Image.of(shape.height(), shape.width(), rgb),
        trajectory);
  }

  public static ScoredRollout scored(Generation generation, Random random) {
    YesProbability answer =
        new YesProbability(Math.log(0.01 + 0.4 * random.nextDouble()), Math.log(0.3));
    double other = random.nextGaussian();
    return new ScoredRollout(
        generation,
        Map.of("match", answer),
        new Reward(
            answer.probability() + 0.5 * other,
            new TreeMap<>(Map.of("match", answer.probability(), "size", other))));
  }

  /** The same for ReFL: gradients, and a sampler that records the last step. */
  public static TrainingBatch withGradients(TrainingBatch plain) {
    Random random = new Random(3);
    List<AdvantagedRollout> rollouts = new ArrayList<>();
    for (AdvantagedRollout row : plain.rollouts()) {
      Generation drawn = row.scored().generation();
      Trajectory path = drawn.trajectory();
      int size = path.latentSize();
      Generation late =
          new Generation(
              drawn.id(),
              drawn.prompt(),
              drawn.seed(),
              drawn.policy(),
              drawn.sample(),
              new Trajectory(
                  path.latentShape(), floats(random, 2 * size), 2, new float[1], path.sigmas()));
      Image image = (Image) drawn.sample();
      rollouts.add(
          new AdvantagedRollout(
              new ScoredRollout(
                  late,
                  row.scored().judgements(),
                  row.scored().reward(),
                  Optional.of(
                      new ImageGradient(
                          image.height(),
                          image.width(),
                          floats(random, image.height() * image.width() * 3)))),
              row.advantage(),
              row.trained()));
    }
    int steps = plain.sampler().steps();
    return new TrainingBatch(
        plain.run(),
        plain.iteration(),
        Algorithm.REFL,
        plain.policy(),
        new SamplerSettings(Sampler.ODE, steps, steps - 1, 1, 0, 1),
        plain.seed(),
        plain.updateSettingsJson(),
        rollouts);
  }

  /** The same with the judge {@code match} left out of one group. */
  public static TrainingBatch without(TrainingBatch whole, int group) {
    SortedSet<String> leftOut = new TreeSet<>(Set.of("match"));
    List<AdvantagedRollout> rollouts = new ArrayList<>();
    for (AdvantagedRollout row : whole.rollouts()) {
      rollouts.add(row.id().group() == group ? without(row, leftOut) : row);
    }
    return new TrainingBatch(
        whole.run(),
        whole.iteration(),
        whole.algorithm(),
        whole.policy(),
        whole.sampler(),
        whole.seed(),
        whole.updateSettingsJson(),
        rollouts);
  }

  /** The same with judges left out. */
  public static AdvantagedRollout without(AdvantagedRollout row, SortedSet<String> leftOut) {
    SortedMap<String, YesProbability> answers = new TreeMap<>(row.scored().judgements());
    answers.keySet().removeAll(leftOut);
    SortedMap<String, Double> parts = new TreeMap<>(row.scored().reward().parts());
    parts.keySet().removeAll(leftOut);
    return new AdvantagedRollout(
        new ScoredRollout(row.scored().generation(), answers, Reward.without(leftOut, parts)),
        row.advantage(),
        row.trained());
  }

  /** One drawing for a prompt, of whatever was drawn. */
  public static Generation generation(Prompt prompt, Pixels sample) {
    return generation(CLEAN, new RolloutId(0, 0, 0), prompt, sample);
  }

  private static Generation generation(Shape shape, RolloutId id, Prompt prompt, Pixels sample) {
    Prompt text = new Prompt(prompt.index(), prompt.text(), prompt.category());
    Generation image = generation(shape, id, text, new Random(1));
    return new Generation(id, prompt, image.seed(), POLICY, sample, image.trajectory());
  }

  /** The same with videos of three frames in the images' places. */
  public static TrainingBatch withVideos(TrainingBatch plain, boolean firstFrames) {
    Random random = new Random(4);
    List<AdvantagedRollout> rollouts = new ArrayList<>();
    for (AdvantagedRollout row : plain.rollouts()) {
      Generation drawn = row.scored().generation();
      byte[] rgb = new byte[3 * 4 * 2 * 3];
      random.nextBytes(rgb);
      Video video = Video.of(3, 4, 2, rgb);
      Prompt prompt = drawn.prompt();
      Optional<Image> frame = firstFrames ? Optional.of(video.frame(0)) : Optional.empty();
      Generation filmed =
          new Generation(
              drawn.id(),
              new Prompt(prompt.index(), prompt.text(), prompt.category(), frame),
              drawn.seed(),
              drawn.policy(),
              video,
              drawn.trajectory());
      rollouts.add(
          new AdvantagedRollout(
              new ScoredRollout(filmed, row.scored().judgements(), row.scored().reward()),
              row.advantage(),
              row.trained()));
    }
    return new TrainingBatch(
        plain.run(),
        plain.iteration(),
        plain.algorithm(),
        plain.policy(),
        plain.sampler(),
        plain.seed(),
        plain.updateSettingsJson(),
        rollouts);
  }

  private static float[] schedule(int steps) {
    float[] sigmas = new float[steps + 1];
    for (int i = 0; i <= steps; i++) {
      sigmas[i] = 1f - (float) i / steps;
    }
    return sigmas;
  }

  private static float[] floats(Random random, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static String text(Random random) {
    return List.of("a red circle", "zwei grüne Dreiecke", "三つの青い四角", "trailing space ")
        .get(random.nextInt(4));
  }
}
