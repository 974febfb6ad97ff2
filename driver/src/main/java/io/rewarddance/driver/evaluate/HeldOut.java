package io.rewarddance.driver.evaluate;

import io.rewarddance.driver.failure.StepFailedException;
import io.rewarddance.driver.generate.Draw;
import io.rewarddance.driver.loop.Evaluation;
import io.rewarddance.driver.loop.Evaluation.Sample;
import io.rewarddance.driver.loop.Evaluation.When;
import io.rewarddance.driver.picture.Png;
import io.rewarddance.rollout.FailureKind;
import io.rewarddance.rollout.Pixels;
import io.rewarddance.rollout.PolicyRef;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntConsumer;

/** Evaluations of one run: always the same draws, with the first ones kept as pictures. */
public final class HeldOut {
  private static final String SAMPLES = "samples";

  private final Evaluator evaluator;
  private final List<Draw> draws;
  private final Path directory;
  private final int grid;

  /**
   * @param draws what the large evaluations draw; a probe draws the first of them
   * @param directory the run's
   * @param grid how many pictures the large evaluations keep
   */
  public HeldOut(Evaluator evaluator, List<Draw> draws, Path directory, int grid) {
    this.evaluator = evaluator;
    this.draws = List.copyOf(draws);
    this.directory = directory;
    this.grid = grid;
  }

  /**
   * Measures a policy.
   *
   * @param iterations iterations trained before
   * @param images how many images, at most as many as there are draws
   */
  public Evaluation measure(
      When when, int iterations, PolicyRef policy, int images, IntConsumer progress) {
    int kept = when == When.PROBE ? 0 : Math.min(grid, images);
    List<Sight> sights =
        evaluator.evaluate(
            "evaluation=" + name(when) + "/iterations=" + iterations,
            draws.subList(0, images),
            policy,
            (index, sample) -> keep(when, index, sample, kept),
            progress);
    Measurement measurement = new Measurement(sights);
    return new Evaluation(
        when,
        iterations,
        policy.version(),
        policy.digest(),
        images,
        measurement.goldStrict(),
        measurement.goldGraded(),
        measurement.pYes(),
        measurement.categories(),
        measurement.drawing(),
        measurement.goldCorrelation(),
        samples(when, sights.subList(0, kept)),
        0);
  }

  private void keep(When when, int index, Pixels sample, int kept) {
    if (index < kept) {
      try {
        Png.write(sample.sheet(), directory.resolve(file(when, index)));
      } catch (IOException e) {
        throw new StepFailedException(FailureKind.STORE_ERROR, "sample: " + e, e);
      }
    }
  }

  private static List<Sample> samples(When when, List<Sight> sights) {
    List<Sample> samples = new ArrayList<>(sights.size());
    for (Sight sight : sights) {
      samples.add(
          new Sample(
              sight.draw().prompt().text(),
              sight.draw().prompt().category(),
              sight.draw().seed(),
              file(when, sight.index()),
              sight.meanPYes(),
              sight.gold().map(Gold::strict)));
    }
    return samples;
  }

  private static String file(When when, int index) {
    return String.format(Locale.ROOT, "%s/%s-%03d.png", SAMPLES, name(when), index);
  }

  private static String name(When when) {
    return when.name().toLowerCase(Locale.ROOT);
  }
}
