package io.rewarddance.driver.engine;

import io.rewarddance.driver.config.FailurePolicies.Action;
import io.rewarddance.driver.failure.Outcome;
import io.rewarddance.driver.failure.StepFailedException;
import io.rewarddance.driver.plan.IterationPlan;
import io.rewarddance.driver.reference.References;
import io.rewarddance.rollout.Failure;
import io.rewarddance.rollout.FailureKind;
import io.rewarddance.rollout.Generation;
import io.rewarddance.rollout.PolicyRef;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Steps 2 and 3 under their failure policies. */
final class Rollouts {
  private final RolloutStage stage;
  private final Steps steps;
  private final LeaveOut leaveOut;

  Rollouts(RolloutStage stage, Steps steps, LeaveOut leaveOut) {
    this.stage = stage;
    this.steps = steps;
    this.leaveOut = leaveOut;
  }

  /**
   * Draws and judges a plan's groups. Samples that still miss something are those whose failures
   * the policies set aside, or miss a judge that they leave out.
   *
   * @throws StepFailedException when the policies, or too many failures, end the run
   */
  List<List<Sample>> run(IterationPlan plan, PolicyRef policy, Map<String, References> references) {
    List<List<Sample>> groups = RolloutStage.planned(plan);
    String name = "rollouts of iteration " + plan.iteration();
    for (int failures = 0; ; failures++) {
      groups = conforming(stage.advance(groups, plan.sampler(), policy, references));
      Optional<Failure> failure = mostSevere(groups);
      if (failure.isEmpty()) {
        List<List<Sample>> settled = groups.stream().map(leaveOut::of).toList();
        checkShare(settled, plan.rollouts());
        tellLeftOut(name, settled);
        return settled;
      }
      steps.afterFailure(name, steps.ofModel(failure.get()), failure.get(), failures);
    }
  }

  private void tellLeftOut(String name, List<List<Sample>> groups) {
    SortedSet<String> judges = new TreeSet<>();
    groups.forEach(group -> judges.addAll(group.get(0).leftOut()));
    for (String judge : judges) {
      List<Sample> without =
          groups.stream().flatMap(List::stream).filter(s -> s.leftOut().contains(judge)).toList();
      Failure first =
          without.stream()
              .flatMap(sample -> Stream.ofNullable(sample.judgeFailures().get(judge)))
              .findFirst()
              .orElseThrow();
      steps.note("leaving out", name + ", " + without.size() + " of them: " + first);
    }
  }

  /** The failure that decides what is done; empty when all there are may be set aside. */
  private Optional<Failure> mostSevere(List<List<Sample>> groups) {
    List<Failure> failures =
        groups.stream().flatMap(List::stream).flatMap(s -> s.failures().stream()).toList();
    for (Action action : List.of(Action.STOP, Action.PAUSE, Action.RETRY)) {
      Optional<Failure> first =
          failures.stream().filter(f -> steps.ofModel(f) == action).findFirst();
      if (first.isPresent()) {
        return first;
      }
    }
    return Optional.empty();
  }

  private void checkShare(List<List<Sample>> groups, int asked) {
    List<Failure> failures =
        groups.stream().flatMap(List::stream).flatMap(s -> s.failure().stream()).toList();
    double share = (double) failures.size() / asked;
    if (share > steps.policies().maxFailedShare()) {
      throw StepFailedException.lasting(
          failures.get(0).kind(),
          "failed rollouts: %d of %d (expected: at most a share of %s); the first: %s"
              .formatted(
                  failures.size(), asked, steps.policies().maxFailedShare(), failures.get(0)),
          null);
    }
  }

  /** Samples of another size than the first can't be stored or compared with it. */
  private static List<List<Sample>> conforming(List<List<Sample>> groups) {
    Optional<Generation> first =
        groups.stream().flatMap(List::stream).flatMap(s -> s.drawn().stream()).findFirst();
    return first.isEmpty()
        ? groups
        : groups.stream()
            .map(group -> group.stream().map(s -> conforming(s, first.get())).toList())
            .toList();
  }

  private static Sample conforming(Sample sample, Generation model) {
    Optional<Generation> drawn = sample.drawn();
    if (drawn.isEmpty() || isLike(drawn.get(), model)) {
      return sample;
    }
    return sample.with(
        Outcome.failed(
            FailureKind.GENERATOR_BAD_SHAPE,
            sample.id()
                + ": "
                + drawn.get().sample()
                + ", "
                + drawn.get().trajectory()
                + " (expected: "
                + model.sample()
                + ", "
                + model.trajectory()
                + ", and the same sigmas)"));
  }

  private static boolean isLike(Generation sample, Generation model) {
    return sample.sample().shape().equals(model.sample().shape())
        && Arrays.equals(sample.trajectory().latentShape(), model.trajectory().latentShape())
        && sample.trajectory().states() == model.trajectory().states()
        && Arrays.equals(sample.trajectory().sigmas(), model.trajectory().sigmas());
  }
}
