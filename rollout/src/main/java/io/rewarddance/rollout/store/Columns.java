package io.rewarddance.rollout.store;

import io.rewarddance.rollout.AdvantagedRollout;
import io.rewarddance.rollout.Generation;
import io.rewarddance.rollout.ImageGradient;
import io.rewarddance.rollout.Prompt;
import io.rewarddance.rollout.Reward;
import io.rewarddance.rollout.RolloutId;
import io.rewarddance.rollout.ScoredRollout;
import io.rewarddance.rollout.TrainingBatch;
import io.rewarddance.rollout.Trajectory;
import io.rewarddance.rollout.YesProbability;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** Turns a batch of rollouts into columns, and back. */
final class Columns {
  private Columns() {}

  static RolloutTable of(TrainingBatch batch) {
    List<AdvantagedRollout> rows = batch.rollouts();
    List<Generation> generations = generations(batch);
    ScoredRollout first = rows.get(0).scored();
    SortedMap<String, double[]> parts = new TreeMap<>();
    for (String name : first.reward().names()) {
      parts.put(name, present(rows, row -> row.reward().parts().get(name), part -> part));
    }
    SortedMap<String, double[]> yes = new TreeMap<>();
    SortedMap<String, double[]> no = new TreeMap<>();
    for (String judge : first.judges()) {
      Function<ScoredRollout, YesProbability> answer = row -> row.judgements().get(judge);
      yes.put(judge, present(rows, answer, YesProbability::yesLogProb));
      no.put(judge, present(rows, answer, YesProbability::noLogProb));
    }
    return new RolloutTable(
        rows.stream().mapToInt(row -> row.id().group()).toArray(),
        rows.stream().mapToInt(row -> row.id().rollout()).toArray(),
        generations.stream().mapToLong(Generation::seed).toArray(),
        generations.stream().mapToInt(generation -> generation.prompt().index()).toArray(),
        generations.stream().map(generation -> generation.prompt().text()).toArray(String[]::new),
        generations.stream()
            .map(generation -> generation.prompt().category())
            .toArray(String[]::new),
        logProbs(generations, batch.sampler().sdeSteps()),
        generations.get(0).trajectory().sigmas(),
        firstFrames(generations),
        imageGradients(rows),
        doubles(rows, row -> row.scored().reward().total().orElse(Double.NaN)),
        parts,
        yes,
        no,
        doubles(rows, AdvantagedRollout::advantage),
        trained(rows));
  }

  /** Each rollout's pixels, not copied. */
  static byte[][] samples(TrainingBatch batch) {
    return generations(batch).stream().map(g -> g.sample().rgb()).toArray(byte[][]::new);
  }

  /** Each rollout's states, flat, not copied. */
  static float[][] latents(TrainingBatch batch) {
    return generations(batch).stream().map(g -> g.trajectory().latents()).toArray(float[][]::new);
  }

  static TrainingBatch toBatch(RolloutFile file) {
    RolloutHeader header = file.header();
    List<AdvantagedRollout> rows = new ArrayList<>();
    for (int r = 0; r < file.size(); r++) {
      ScoredRollout scored =
          new ScoredRollout(
              generation(file, r), judgements(file.table(), r), reward(file, r), gradient(file, r));
      rows.add(
          new AdvantagedRollout(scored, file.table().advantage()[r], file.table().trained()[r]));
    }
    return new TrainingBatch(
        header.run(),
        header.iteration(),
        header.algorithm(),
        header.policy(),
        header.sampler(),
        header.seed(),
        header.updateSettingsJson(),
        rows);
  }

  private static Generation generation(RolloutFile file, int r) {
    RolloutTable table = file.table();
    RolloutHeader header = file.header();
    int window = header.sampler().sdeSteps();
    Trajectory trajectory =
        new Trajectory(
            header.latentShape().stream().mapToInt(Integer::intValue).toArray(),
            file.latents(r),
            header.states(),
            Arrays.copyOfRange(table.logProbs(), r * window, (r + 1) * window),
            table.sigmas());
    return new Generation(
        new RolloutId(header.iteration(), table.group()[r], table.rollout()[r]),
        new Prompt(
            table.promptIndex()[r], table.prompt()[r], table.category()[r], file.firstFrame(r)),
        table.seed()[r],
        header.policy(),
        file.sample(r),
        trajectory);
  }

  private static Optional<ImageGradient> gradient(RolloutFile file, int r) {
    List<Integer> shape = file.header().sampleShape();
    return file.imageGradient(r)
        .map(values -> new ImageGradient(shape.get(0), shape.get(1), values));
  }

  private static Map<String, YesProbability> judgements(RolloutTable table, int r) {
    Map<String, YesProbability> answers = new TreeMap<>();
    table
        .yesLogProb()
        .forEach(
            (judge, yes) -> {
              double no = table.noLogProb().get(judge)[r];
              if (!Double.isNaN(yes[r]) || !Double.isNaN(no)) {
                answers.put(judge, new YesProbability(yes[r], no));
              }
            });
    return answers;
  }

  private static Reward reward(RolloutFile file, int r) {
    SortedMap<String, Double> parts = new TreeMap<>();
    SortedSet<String> leftOut = new TreeSet<>();
    file.table()
        .rewardParts()
        .forEach(
            (name, values) -> {
              if (Double.isNaN(values[r])) {
                leftOut.add(name);
              } else {
                parts.put(name, values[r]);
              }
            });
    double total = file.table().reward()[r];
    return new Reward(
        Double.isNaN(total) ? OptionalDouble.empty() : OptionalDouble.of(total), parts, leftOut);
  }

  private static List<Generation> generations(TrainingBatch batch) {
    return batch.rollouts().stream().map(row -> row.scored().generation()).toList();
  }

  private static float[] logProbs(List<Generation> generations, int window) {
    float[] flat = new float[Math.multiplyExact(generations.size(), window)];
    for (int r = 0; r < generations.size(); r++) {
      System.arraycopy(generations.get(r).trajectory().logProbs(), 0, flat, r * window, window);
    }
    return flat;
  }

  /** Row after row; empty when there are none. */
  private static byte[] firstFrames(List<Generation> generations) {
    ByteArrayOutputStream flat = new ByteArrayOutputStream();
    generations.stream()
        .flatMap(generation -> generation.prompt().firstFrame().stream())
        .forEach(frame -> flat.writeBytes(frame.rgb()));
    return flat.toByteArray();
  }

  /** Row after row; empty when there are none. */
  private static float[] imageGradients(List<AdvantagedRollout> rows) {
    List<float[]> gradients =
        rows.stream()
            .flatMap(row -> row.scored().gradient().stream())
            .map(ImageGradient::values)
            .toList();
    int width = gradients.isEmpty() ? 0 : gradients.get(0).length;
    float[] flat = new float[Math.multiplyExact(gradients.size(), width)];
    for (int r = 0; r < gradients.size(); r++) {
      System.arraycopy(gradients.get(r), 0, flat, r * width, width);
    }
    return flat;
  }

  /** NaN where there is none: no score, and no number that could be taken for one. */
  private static <T> double[] present(
      List<AdvantagedRollout> rows, Function<ScoredRollout, T> value, ToDoubleFunction<T> number) {
    return doubles(
        rows,
        row ->
            Optional.ofNullable(value.apply(row.scored()))
                .map(number::applyAsDouble)
                .orElse(Double.NaN));
  }

  private static double[] doubles(
      List<AdvantagedRollout> rows, ToDoubleFunction<AdvantagedRollout> value) {
    return rows.stream().mapToDouble(value).toArray();
  }

  private static boolean[] trained(List<AdvantagedRollout> rows) {
    boolean[] flags = new boolean[rows.size()];
    for (int r = 0; r < flags.length; r++) {
      flags[r] = rows.get(r).trained();
    }
    return flags;
  }
}
