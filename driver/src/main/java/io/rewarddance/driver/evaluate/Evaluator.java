package io.rewarddance.driver.evaluate;

import io.rewarddance.driver.failure.Outcome;
import io.rewarddance.driver.failure.StepFailedException;
import io.rewarddance.driver.generate.Draw;
import io.rewarddance.driver.generate.Generator;
import io.rewarddance.driver.judge.Judge;
import io.rewarddance.driver.judge.Subject;
import io.rewarddance.driver.reference.References;
import io.rewarddance.rollout.Pixels;
import io.rewarddance.rollout.PolicyRef;
import io.rewarddance.rollout.SamplerSettings;
import io.rewarddance.rollout.YesProbability;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiConsumer;
import java.util.function.IntConsumer;

/** Draws held-out prompts and asks judges and oracle about each image. */
public final class Evaluator {
  /** Images in one request, and requests whose images are held at once. */
  private static final int CHUNK = 32;

  private static final int CHUNKS_UNDER_WAY = 4;

  private final Generator generator;
  private final SamplerSettings sampler;
  private final List<Judge> judges;
  private final Map<String, References> references;
  private final Optional<Oracle> oracle;

  /**
   * @param references by the name of the pairwise judge; of held-out prompts
   */
  public Evaluator(
      Generator generator,
      SamplerSettings sampler,
      List<Judge> judges,
      Map<String, References> references,
      Optional<Oracle> oracle) {
    this.generator = generator;
    this.sampler = sampler;
    this.judges = List.copyOf(judges);
    this.references = Map.copyOf(references);
    this.oracle = oracle;
  }

  /**
   * Looks at every image, in order.
   *
   * @param keep given each index and image, on the calling thread
   * @param progress told how many images are done
   * @throws StepFailedException when an image couldn't be drawn or judged: an evaluation that left
   *     images out would not be comparable
   */
  public List<Sight> evaluate(
      String id,
      List<Draw> draws,
      PolicyRef policy,
      BiConsumer<Integer, Pixels> keep,
      IntConsumer progress) {
    List<Sight> sights = new ArrayList<>(draws.size());
    Deque<CompletableFuture<Chunk>> underWay = new ArrayDeque<>();
    for (int next = 0; next < draws.size() || !underWay.isEmpty(); ) {
      if (next < draws.size() && underWay.size() < CHUNKS_UNDER_WAY) {
        List<Draw> part = draws.subList(next, Math.min(next + CHUNK, draws.size()));
        underWay.add(look(id + "/from=" + next, next, part, policy));
        next += part.size();
      } else {
        Chunk chunk = await(underWay.poll());
        for (int i = 0; i < chunk.images().size(); i++) {
          keep.accept(sights.size(), chunk.images().get(i));
          sights.add(chunk.sights().get(i));
        }
        progress.accept(sights.size());
      }
    }
    return sights;
  }

  private record Chunk(List<Pixels> images, List<Sight> sights) {}

  private static Chunk await(CompletableFuture<Chunk> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof StepFailedException failed ? failed : e;
    }
  }

  private CompletableFuture<Chunk> look(String id, int start, List<Draw> draws, PolicyRef policy) {
    return generator
        .samples(id, draws, sampler, policy)
        .thenCompose(outcomes -> judge(id, start, draws, Outcome.all(outcomes)));
  }

  private CompletableFuture<Chunk> judge(
      String id, int start, List<Draw> draws, List<Pixels> images) {
    SortedMap<String, CompletableFuture<List<Outcome<YesProbability>>>> asked = new TreeMap<>();
    for (Judge judge : judges) {
      asked.put(judge.name(), judge.judge(id, subjects(judge, draws, images)));
    }
    CompletableFuture<Optional<List<Outcome<Gold>>>> gold =
        oracle
            .map(model -> model.measure(id, exhibits(draws, images)).thenApply(Optional::of))
            .orElse(CompletableFuture.completedFuture(Optional.empty()));
    List<CompletableFuture<?>> everything = new ArrayList<>(asked.values());
    everything.add(gold);
    return CompletableFuture.allOf(everything.toArray(CompletableFuture[]::new))
        .thenApply(done -> new Chunk(images, sights(start, draws, asked, gold.join())));
  }

  private List<Subject> subjects(Judge judge, List<Draw> draws, List<Pixels> images) {
    References own = references.getOrDefault(judge.name(), References.NONE);
    List<Subject> subjects = new ArrayList<>(draws.size());
    for (int i = 0; i < draws.size(); i++) {
      subjects.add(
          new Subject(draws.get(i).prompt(), images.get(i), own.of(draws.get(i).prompt())));
    }
    return subjects;
  }

  private static List<Oracle.Exhibit> exhibits(List<Draw> draws, List<Pixels> images) {
    List<Oracle.Exhibit> exhibits = new ArrayList<>(draws.size());
    for (int i = 0; i < draws.size(); i++) {
      exhibits.add(new Oracle.Exhibit(draws.get(i).prompt(), images.get(i)));
    }
    return exhibits;
  }

  private static List<Sight> sights(
      int start,
      List<Draw> draws,
      SortedMap<String, CompletableFuture<List<Outcome<YesProbability>>>> asked,
      Optional<List<Outcome<Gold>>> golds) {
    SortedMap<String, List<YesProbability>> answers = new TreeMap<>();
    asked.forEach((judge, future) -> answers.put(judge, Outcome.all(future.join())));
    Optional<List<Gold>> gold = golds.map(Outcome::all);
    List<Sight> sights = new ArrayList<>(draws.size());
    for (int i = 0; i < draws.size(); i++) {
      int row = i;
      SortedMap<String, Double> pYes = new TreeMap<>();
      answers.forEach((judge, given) -> pYes.put(judge, given.get(row).probability()));
      sights.add(new Sight(start + i, draws.get(i), pYes, gold.map(list -> list.get(row))));
    }
    return sights;
  }
}
