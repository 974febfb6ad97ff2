package io.rewarddance.driver.engine;

import io.rewarddance.driver.clock.StageClock;
import io.rewarddance.driver.failure.Outcome;
import io.rewarddance.driver.generate.Draw;
import io.rewarddance.driver.generate.Drawing;
import io.rewarddance.driver.generate.Generator;
import io.rewarddance.driver.judge.Judge;
import io.rewarddance.driver.judge.Subject;
import io.rewarddance.driver.judge.Verdict;
import io.rewarddance.driver.loop.Progress;
import io.rewarddance.driver.loop.RunListener;
import io.rewarddance.driver.loop.StageNames;
import io.rewarddance.driver.plan.GroupPlan;
import io.rewarddance.driver.plan.IterationPlan;
import io.rewarddance.driver.reference.References;
import io.rewarddance.driver.reward.Rewards;
import io.rewarddance.rollout.Failure;
import io.rewarddance.rollout.Generation;
import io.rewarddance.rollout.Judgement;
import io.rewarddance.rollout.PolicyRef;
import io.rewarddance.rollout.SamplerSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Steps 2 and 3 together: every group is drawn with one request, and its images go to the judges as
 * soon as they are there, while other groups are still being drawn.
 */
final class RolloutStage {
  private final Generator generator;
  private final List<Judge> judges;
  private final StageClock clock;
  private final RunListener listener;

  RolloutStage(Generator generator, List<Judge> judges, StageClock clock, RunListener listener) {
    this.generator = generator;
    this.judges = List.copyOf(judges);
    this.clock = clock;
    this.listener = listener;
  }

  /** Where the rollouts of a plan begin. */
  static List<List<Sample>> planned(IterationPlan plan) {
    List<List<Sample>> groups = new ArrayList<>();
    for (GroupPlan group : plan.groups()) {
      List<Sample> samples = new ArrayList<>();
      for (int r = 0; r < group.seeds().size(); r++) {
        samples.add(Sample.planned(group.id().rollout(r), group.prompt(), group.seeds().get(r)));
      }
      groups.add(samples);
    }
    return groups;
  }

  /**
   * Draws what isn't drawn and judges what isn't judged. Waits for all; what fails stays as the
   * failure of its sample.
   *
   * @param references by the name of the pairwise judge
   */
  List<List<Sample>> advance(
      List<List<Sample>> groups,
      SamplerSettings sampler,
      PolicyRef policy,
      Map<String, References> references) {
    int total = groups.stream().mapToInt(List::size).sum();
    AtomicInteger drawn = new AtomicInteger();
    AtomicInteger judged = new AtomicInteger();
    List<CompletableFuture<List<Sample>>> underWay = new ArrayList<>();
    for (List<Sample> group : groups) {
      underWay.add(
          draw(group, sampler, policy)
              .thenComposeAsync(
                  samples -> {
                    report(Progress.Stage.GENERATE, drawn, samples.size(), total);
                    return judge(samples, references);
                  })
              .thenApplyAsync(
                  samples -> {
                    report(Progress.Stage.JUDGE, judged, samples.size(), total);
                    return samples;
                  }));
    }
    return underWay.stream().map(CompletableFuture::join).toList();
  }

  /** Never on the network's thread: a listener may be waiting for a terminal that is held. */
  private void report(Progress.Stage stage, AtomicInteger done, int more, int total) {
    listener.progress(new Progress(stage, done.addAndGet(more), total));
  }

  private CompletableFuture<List<Sample>> draw(
      List<Sample> group, SamplerSettings sampler, PolicyRef policy) {
    List<Sample> missing = group.stream().filter(Sample::needsDrawing).toList();
    if (missing.isEmpty()) {
      return CompletableFuture.completedFuture(group);
    }
    List<Draw> draws =
        missing.stream().map(sample -> new Draw(sample.prompt(), sample.seed())).toList();
    String id = group.get(0).id().groupId().toString();
    return clock
        .during(StageNames.GENERATE, generator.draw(id, draws, sampler, policy))
        .thenApply(outcomes -> drawn(group, missing, outcomes));
  }

  private static List<Sample> drawn(
      List<Sample> group, List<Sample> missing, List<Outcome<Drawing>> outcomes) {
    List<Sample> samples = new ArrayList<>(group);
    for (int i = 0; i < missing.size(); i++) {
      Sample sample = missing.get(i);
      samples.set(
          group.indexOf(sample),
          sample.with(outcomes.get(i).map(drawing -> generation(sample, drawing))));
    }
    return samples;
  }

  private static Generation generation(Sample sample, Drawing drawing) {
    return new Generation(
        sample.id(),
        sample.prompt(),
        sample.seed(),
        drawing.policy(),
        drawing.sample(),
        drawing.trajectory());
  }

  private CompletableFuture<List<Sample>> judge(
      List<Sample> group, Map<String, References> references) {
    CompletableFuture<List<Sample>> samples = CompletableFuture.completedFuture(group);
    for (Judge judge : judges) {
      References own = references.getOrDefault(judge.name(), References.NONE);
      CompletableFuture<List<Judgement>> asked = ask(judge, group, own);
      samples = samples.thenCombine(asked, (so, more) -> judged(judge, so, more));
    }
    return samples;
  }

  private CompletableFuture<List<Judgement>> ask(
      Judge judge, List<Sample> group, References references) {
    List<Sample> open = group.stream().filter(sample -> sample.needs(judge.name())).toList();
    if (open.isEmpty()) {
      return CompletableFuture.completedFuture(List.of());
    }
    List<Subject> subjects =
        open.stream()
            .map(
                s ->
                    new Subject(
                        s.prompt(), s.drawn().orElseThrow().sample(), references.of(s.prompt())))
            .toList();
    String id = group.get(0).id().groupId().toString();
    return clock
        .during(StageNames.JUDGE, judge.verdicts(id, subjects))
        .thenApply(outcomes -> judgements(judge, open, outcomes));
  }

  private static List<Judgement> judgements(
      Judge judge, List<Sample> open, List<Outcome<Verdict>> outcomes) {
    List<Judgement> judgements = new ArrayList<>(open.size());
    for (int i = 0; i < open.size(); i++) {
      judgements.add(judgement(judge, open.get(i), outcomes.get(i)));
    }
    return judgements;
  }

  /** An answer that no reward can be made of is the judge's failure, as no answer is. */
  private static Judgement judgement(Judge judge, Sample sample, Outcome<Verdict> outcome) {
    Optional<Failure> failure =
        outcome
            .failure()
            .or(
                () ->
                    Rewards.part(judge.config(), outcome.value().orElseThrow().answer()).failure());
    if (failure.isPresent()) {
      return new Judgement.Failed(sample.id(), failure.get());
    }
    Verdict said = outcome.value().orElseThrow();
    return new Judgement.Judged(sample.id(), said.answer(), Optional.empty(), said.gradient());
  }

  private static List<Sample> judged(Judge judge, List<Sample> group, List<Judgement> judgements) {
    List<Sample> samples = new ArrayList<>(group);
    for (Judgement judgement : judgements) {
      samples.replaceAll(
          sample ->
              sample.id().equals(judgement.id()) ? sample.with(judge.name(), judgement) : sample);
    }
    return samples;
  }
}
