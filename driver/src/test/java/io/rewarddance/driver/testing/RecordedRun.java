package io.rewarddance.driver.testing;

import io.rewarddance.driver.loop.CountNames;
import io.rewarddance.driver.loop.Evaluation;
import io.rewarddance.driver.loop.IterationRecord;
import io.rewarddance.driver.loop.MetricNames;
import io.rewarddance.driver.loop.Phase;
import io.rewarddance.driver.loop.RunHistory;
import io.rewarddance.driver.loop.RunPlan;
import io.rewarddance.driver.loop.StageNames;
import io.rewarddance.metrics.hacking.Finding;
import io.rewarddance.metrics.hacking.Severity;
import io.rewarddance.metrics.stat.MeanInterval;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;
import javax.imageio.ImageIO;

/** A run of 40 iterations with numbers like real ones, the same at every call. */
public final class RecordedRun {
  public static final int ITERATIONS = 40;
  private static final List<String> CATEGORIES =
      List.of("attribution", "colors", "counting", "position", "single_object", "two_objects");
  private static final String DIGEST = "3fa2c1".repeat(10) + "beef";

  private final Path directory;

  /**
   * @param directory of the run; pictures are written below it
   */
  public RecordedRun(Path directory) {
    this.directory = directory;
  }

  /** All of it, well ended. */
  public RunHistory finished() {
    List<Evaluation> evaluations =
        List.of(
            evaluation(Evaluation.When.BEFORE, 0, 0.203, 600),
            evaluation(Evaluation.When.PROBE, 15, 0.35, 60),
            evaluation(Evaluation.When.PROBE, 30, 0.45, 60),
            evaluation(Evaluation.When.AFTER, ITERATIONS, 0.503, 600));
    return new RunHistory(plan(), iterations(ITERATIONS), evaluations, Optional.of(end()));
  }

  /** Killed after some iterations: no end, nothing measured after. */
  public RunHistory killed(int iterations) {
    List<Evaluation> evaluations = new ArrayList<>();
    evaluations.add(evaluation(Evaluation.When.BEFORE, 0, 0.203, 600));
    if (iterations >= 15) {
      evaluations.add(evaluation(Evaluation.When.PROBE, 15, 0.35, 60));
    }
    return new RunHistory(plan(), iterations(iterations), evaluations, Optional.empty());
  }

  /** Failed before anything was measured. */
  public RunHistory failedAtOnce(String reason) {
    var end = new RunHistory.End(Phase.FAILED, reason, new TreeMap<>(), List.of());
    return new RunHistory(plan(), List.of(), List.of(), Optional.of(end));
  }

  public RunPlan plan() {
    return new RunPlan(
        directory.getFileName().toString(),
        directory,
        7,
        ITERATIONS,
        24,
        6,
        6,
        "ode",
        "nft",
        "the embedded server",
        "the embedded backend",
        List.of(
            new RunPlan.Model("generator", "shapes_generator", "1", DIGEST, ""),
            new RunPlan.Model("judge", "shapes_judge", "1", DIGEST, "pointwise, weight 1"),
            new RunPlan.Model("oracle", "shapes_oracle", "1", "", "measures, never rewards")),
        581,
        145,
        CATEGORIES,
        600,
        OptionalInt.empty());
  }

  public List<IterationRecord> iterations(int count) {
    List<IterationRecord> records = new ArrayList<>();
    Random random = new Random(7);
    for (int i = 0; i < count; i++) {
      records.add(iteration(i, random));
    }
    return records;
  }

  private static IterationRecord iteration(int i, Random random) {
    double come = 1 - Math.exp(-i / 14.0);
    TreeMap<String, Double> metrics = new TreeMap<>();
    metrics.put(MetricNames.P_YES, 0.31 + 0.38 * come + 0.02 * random.nextGaussian());
    metrics.put(MetricNames.YES_NO_MASS, 0.995 - 0.001 * random.nextDouble());
    metrics.put(MetricNames.REWARD, 0.31 + 0.38 * come);
    metrics.put(MetricNames.REWARD_SIGMA, 0.33 - 0.05 * come + 0.01 * random.nextGaussian());
    metrics.put(MetricNames.GROUP_SIGMA, 0.21 - 0.05 * come + 0.01 * random.nextGaussian());
    metrics.put(MetricNames.WINDOW_SIGMA, 0.33 - 0.04 * come);
    metrics.put(MetricNames.ADVANTAGE_ABS, 0.82 + 0.03 * random.nextGaussian());
    metrics.put(MetricNames.ADVANTAGE_CLIPPED, 0.0);
    metrics.put(MetricNames.RATIO_DEVIATION, 1e-7 * Math.exp(random.nextGaussian()));
    metrics.put(MetricNames.LOSS, 0.4 - 0.1 * come);
    metrics.put(MetricNames.KL, 4e-3 * come);
    metrics.put(MetricNames.POLICY_DISTANCE, 2e-3 * (1 - come) + 1e-4 * random.nextDouble());
    metrics.put(MetricNames.GRADIENT_NORM, 0.8 + 0.1 * random.nextGaussian());
    metrics.put(MetricNames.LEARNING_RATE, 1e-3 * (1 - i / 42.0));
    TreeMap<String, Long> counts = new TreeMap<>();
    counts.put(CountNames.ROLLOUTS, 144L);
    counts.put(CountNames.JUDGED, i == 5 ? 143L : 144L);
    counts.put(CountNames.JUDGE_FAILURES, i == 5 ? 1L : 0L);
    counts.put(CountNames.GENERATOR_FAILURES, 0L);
    counts.put(CountNames.GROUPS_SET_ASIDE, i % 7 == 0 ? 1L : 0L);
    counts.put(CountNames.TRAINED, 138L);
    counts.put(CountNames.UPDATES, 1L);
    if (i == 5) {
      counts.put(CountNames.FAILURE + "JUDGE_TIMEOUT", 1L);
    }
    if (i == 6) {
      counts.put(CountNames.LEFT_OUT, 12L);
      counts.put(CountNames.LEFT_OUT_JUDGE + "fine_style", 12L);
      counts.put(CountNames.FAILURES_OF_JUDGE + "fine_style", 3L);
    }
    List<Finding> findings = i == 20 ? List.of(finding()) : List.of();
    return new IterationRecord(
        i,
        i + 2,
        "%064x".formatted(i + 2),
        "rollouts/iteration-%06d.h5".formatted(i),
        "%064x".formatted(i + 1000),
        metrics,
        counts,
        seconds(),
        findings,
        "{\"kind\":\"iteration\",\"iteration\":" + i + "}");
  }

  private static Finding finding() {
    return new Finding(
        "duplicates",
        Severity.WARN,
        "12 % of images equal another of their group.",
        "Raise noise_level or lower the rate.",
        11,
        20);
  }

  private static TreeMap<String, Double> seconds() {
    TreeMap<String, Double> seconds = new TreeMap<>();
    seconds.put(StageNames.GENERATE, 1.1);
    seconds.put(StageNames.JUDGE, 0.12);
    seconds.put(StageNames.STORE, 0.02);
    seconds.put(StageNames.UPDATE, 1.2);
    seconds.put(StageNames.PUBLISH, 0.08);
    seconds.put(StageNames.DRIVER, 0.03);
    seconds.put(StageNames.TOTAL, 2.55);
    return seconds;
  }

  private static RunHistory.End end() {
    TreeMap<String, Double> seconds = new TreeMap<>();
    seconds().forEach((stage, value) -> seconds.put(stage, value * ITERATIONS));
    seconds.put(StageNames.EVALUATE, 16.4);
    seconds.merge(StageNames.TOTAL, 16.4, Double::sum);
    return new RunHistory.End(Phase.FINISHED, "", seconds, List.of());
  }

  private Evaluation evaluation(Evaluation.When when, int iterations, double gold, int images) {
    TreeMap<String, Evaluation.Category> categories = new TreeMap<>();
    for (int i = 0; i < CATEGORIES.size(); i++) {
      double mean = Math.min(0.98, Math.max(0.02, gold * (0.4 + 0.28 * i)));
      var strict = interval(mean, images / CATEGORIES.size());
      categories.put(
          CATEGORIES.get(i),
          new Evaluation.Category(Optional.of(strict), interval(mean * 0.9 + 0.05, images / 6)));
    }
    TreeMap<String, MeanInterval> pYes = new TreeMap<>();
    pYes.put("match", interval(0.1 + gold, images));
    TreeMap<String, MeanInterval> drawing = new TreeMap<>();
    drawing.put("template_fit", interval(0.74 + gold / 10, images));
    drawing.put(
        "grain",
        new MeanInterval(
            1.1 + iterations / 40.0, 1.0 + iterations / 40.0, 1.2 + iterations / 40.0, images));
    drawing.put("diversity", interval(0.9 - gold / 10, images));
    return new Evaluation(
        when,
        iterations,
        iterations + 1,
        "%064x".formatted(iterations + 1),
        images,
        Optional.of(interval(gold, images)),
        Optional.of(interval(gold + 0.2, images)),
        pYes,
        categories,
        drawing,
        OptionalDouble.of(0.7),
        when == Evaluation.When.PROBE ? List.of() : samples(when, gold),
        when == Evaluation.When.PROBE ? 1.2 : 7.0);
  }

  private static MeanInterval interval(double mean, int n) {
    double half = 1.96 * Math.sqrt(mean * (1 - mean) / n);
    return new MeanInterval(mean, mean - half, mean + half, n);
  }

  private List<Evaluation.Sample> samples(Evaluation.When when, double gold) {
    List<Evaluation.Sample> samples = new ArrayList<>();
    Random random = new Random(3);
    for (int i = 0; i < 24; i++) {
      boolean right = random.nextDouble() < gold;
      String file = "samples/" + when.name().toLowerCase(Locale.ROOT) + "-" + i + ".png";
      draw(directory.resolve(file), i, right);
      samples.add(
          new Evaluation.Sample(
              "a red circle left of a blue square",
              CATEGORIES.get(i % 6),
              1000 + i,
              file,
              right ? 0.93 : 0.2,
              Optional.of(right)));
    }
    return samples;
  }

  private static void draw(Path file, int i, boolean right) {
    BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(new Color(210, 208, 200));
    graphics.fillRect(0, 0, 32, 32);
    graphics.setColor(right ? new Color(200, 40, 40) : new Color(60, 160, 60));
    graphics.fillOval(3 + i % 4, 8 + i % 7, 10, 10);
    graphics.setColor(new Color(40, 70, 200));
    graphics.fillRect(18, 12, 9, 9);
    graphics.dispose();
    try {
      Files.createDirectories(file.getParent());
      ImageIO.write(image, "png", file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
