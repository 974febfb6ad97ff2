package io.rewarddance.driver.reference;

import io.rewarddance.driver.config.JudgeConfig;
import io.rewarddance.driver.failure.Outcome;
import io.rewarddance.driver.failure.StepFailedException;
import io.rewarddance.driver.generate.Draw;
import io.rewarddance.driver.generate.Generator;
import io.rewarddance.driver.judge.Judge;
import io.rewarddance.driver.plan.Seeds;
import io.rewarddance.metrics.ranking.Ranking;
import io.rewarddance.rollout.Pixels;
import io.rewarddance.rollout.PolicyRef;
import io.rewarddance.rollout.Prompt;
import io.rewarddance.rollout.SamplerSettings;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.IntConsumer;

/** Draws candidates and lets the judge choose among them. */
public final class ReferenceMaker {
  /** Prompts under way at once; bounds the images in memory. */
  private static final int WINDOW = 16;

  private final Generator generator;
  private final SamplerSettings sampler;
  private final long seed;

  /**
   * @param sampler how candidates are drawn; should be the rollouts' own settings without a window
   */
  public ReferenceMaker(Generator generator, SamplerSettings sampler, long seed) {
    this.generator = generator;
    this.sampler = sampler;
    this.seed = seed;
  }

  /**
   * References of each prompt.
   *
   * @param round keeps the candidates of different times apart: 0 before the run, the policy's
   *     version in it, so that they follow from prompt, policy and judge alone
   * @param progress told how many prompts are done
   * @throws StepFailedException when a candidate couldn't be drawn or compared
   */
  public References make(
      Judge judge, List<Prompt> prompts, PolicyRef policy, long round, IntConsumer progress) {
    SortedMap<String, List<Pixels>> made = new TreeMap<>();
    Deque<CompletableFuture<List<Pixels>>> underWay = new ArrayDeque<>();
    int finished = 0;
    for (int next = 0; next < prompts.size() || !underWay.isEmpty(); ) {
      if (next < prompts.size() && underWay.size() < WINDOW) {
        underWay.add(choose(judge, prompts.get(next++), policy, round));
      } else {
        made.put(prompts.get(finished++).text(), await(underWay.poll()));
        progress.accept(finished);
      }
    }
    return new References(made);
  }

  private static List<Pixels> await(CompletableFuture<List<Pixels>> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof StepFailedException failed ? failed : e;
    }
  }

  private CompletableFuture<List<Pixels>> choose(
      Judge judge, Prompt prompt, PolicyRef policy, long round) {
    JudgeConfig.Reference config = judge.config().reference().orElseThrow();
    boolean ranked = config.kind() != JudgeConfig.Reference.Kind.RANDOM;
    int count = ranked ? config.candidates() : config.keep();
    String id = "reference=" + judge.name() + "/round=" + round + "/prompt=" + prompt.text();
    // A Best-of-N with candidates missing would be a best of fewer: it fails instead.
    CompletableFuture<List<Pixels>> candidates =
        generator.samples(id, draws(prompt, round, count), sampler, policy).thenApply(Outcome::all);
    if (!ranked || count == config.keep()) {
      return candidates;
    }
    return candidates.thenCompose(
        images ->
            new Contest(judge, id, prompt, images)
                .ranking(config.rounds())
                .thenApply(ranking -> kept(images, ranking, config)));
  }

  private List<Draw> draws(Prompt prompt, long round, int count) {
    List<Draw> draws = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      long hash = prompt.text().hashCode();
      draws.add(new Draw(prompt, Seeds.derive(seed, Seeds.Purpose.REFERENCE, round, hash, i)));
    }
    return draws;
  }

  private static List<Pixels> kept(
      List<Pixels> images, Ranking ranking, JudgeConfig.Reference config) {
    int[] kept =
        config.kind() == JudgeConfig.Reference.Kind.BOTTOM_OF_N
            ? ranking.bottom(config.keep())
            : ranking.top(config.keep());
    return Arrays.stream(kept).mapToObj(images::get).toList();
  }
}
