package io.rewarddance.driver.engine;

import io.rewarddance.driver.clock.StageClock;
import io.rewarddance.driver.failure.Outcome;
import io.rewarddance.driver.failure.StepFailedException;
import io.rewarddance.driver.generate.Draw;
import io.rewarddance.driver.generate.Generator;
import io.rewarddance.driver.judge.Judge;
import io.rewarddance.driver.judge.Subject;
import io.rewarddance.driver.loop.StageNames;
import io.rewarddance.driver.plan.Seeds;
import io.rewarddance.driver.reference.References;
import io.rewarddance.driver.reward.Rewards;
import io.rewarddance.metrics.reward.RepeatNoise;
import io.rewarddance.rollout.Pixels;
import io.rewarddance.rollout.PolicyRef;
import io.rewarddance.rollout.Prompt;
import io.rewarddance.rollout.SamplerSettings;
import io.rewarddance.rollout.YesProbability;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;

/** How much the total reward of one image differs when its judges are asked again. */
final class JudgeNoise {
  /**
   * With four repeats these have 72 degrees of freedom: the noise is known to within 17 % or so.
   */
  static final int IMAGES = 24;

  private final Generator generator;
  private final SamplerSettings sampler;
  private final List<Judge> judges;
  private final StageClock clock;

  /**
   * @param sampler how the images are drawn
   */
  JudgeNoise(Generator generator, SamplerSettings sampler, List<Judge> judges, StageClock clock) {
    this.generator = generator;
    this.sampler = sampler;
    this.judges = List.copyOf(judges);
    this.clock = clock;
  }

  /**
   * What is drawn: training prompts in the order of their use, with seeds used for nothing else.
   */
  static List<Draw> draws(List<Prompt> prompts, long seed) {
    List<Draw> draws = new ArrayList<>(IMAGES);
    for (int i = 0; i < IMAGES; i++) {
      Prompt prompt = prompts.get(i % prompts.size());
      draws.add(new Draw(prompt, Seeds.derive(seed, Seeds.Purpose.NOISE, i)));
    }
    return draws;
  }

  /**
   * Draws once and asks {@code repeats} times.
   *
   * @param references by the name of the pairwise judge
   * @param repeats at least 2
   * @param progress told how many repeats are done
   * @return pooled standard deviation of the total reward of an image
   * @throws StepFailedException when an image wasn't drawn, or a judge failed on one
   */
  double measure(
      List<Draw> draws,
      PolicyRef policy,
      Map<String, References> references,
      int repeats,
      IntConsumer progress) {
    List<Pixels> images =
        Outcome.all(
            clock
                .during(StageNames.GENERATE, generator.samples("noise", draws, sampler, policy))
                .join());
    double[][] rewards = new double[draws.size()][repeats];
    for (int repeat = 0; repeat < repeats; repeat++) {
      List<Double> totals = totals("noise/repeat=" + repeat, draws, images, references);
      for (int i = 0; i < rewards.length; i++) {
        rewards[i][repeat] = totals.get(i);
      }
      progress.accept(repeat + 1);
    }
    return RepeatNoise.floor(List.of(rewards));
  }

  private List<Double> totals(
      String id, List<Draw> draws, List<Pixels> images, Map<String, References> references) {
    Rewards rewards = new Rewards(judges.stream().map(Judge::config).toList());
    SortedMap<String, CompletableFuture<List<Outcome<YesProbability>>>> asked = new TreeMap<>();
    for (Judge judge : judges) {
      References own = references.getOrDefault(judge.name(), References.NONE);
      List<Subject> subjects = subjects(draws, images, own);
      asked.put(judge.name(), clock.during(StageNames.JUDGE, judge.judge(id, subjects)));
    }
    SortedMap<String, List<YesProbability>> answers = new TreeMap<>();
    asked.forEach((judge, future) -> answers.put(judge, Outcome.all(future.join())));
    List<Outcome<Double>> totals = new ArrayList<>(images.size());
    for (int i = 0; i < images.size(); i++) {
      int row = i;
      SortedMap<String, YesProbability> own = new TreeMap<>();
      answers.forEach((judge, given) -> own.put(judge, given.get(row)));
      totals.add(rewards.reward(own).map(reward -> reward.total().orElseThrow()));
    }
    return Outcome.all(totals);
  }

  private static List<Subject> subjects(List<Draw> draws, List<Pixels> images, References own) {
    List<Subject> subjects = new ArrayList<>(draws.size());
    for (int i = 0; i < draws.size(); i++) {
      Prompt prompt = draws.get(i).prompt();
      subjects.add(new Subject(prompt, images.get(i), own.of(prompt)));
    }
    return subjects;
  }
}
