package io.rewarddance.rollout;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;

/** What the rollouts of one batch must have in common, so that they fit one set of flat arrays. */
final class Uniformity {
  private Uniformity() {}

  static void check(
      int iteration, PolicyRef policy, SamplerSettings sampler, List<AdvantagedRollout> rollouts) {
    Check.that(!rollouts.isEmpty(), "rollouts", 0, ">= 1 in a batch");
    ScoredRollout first = rollouts.get(0).scored();
    Set<RolloutId> ids = new HashSet<>();
    Map<Integer, ScoredRollout> groups = new HashMap<>();
    for (AdvantagedRollout rollout : rollouts) {
      RolloutId id = rollout.id();
      Check.that(id.iteration() == iteration, "rollout", id, "iteration=" + iteration);
      Check.that(ids.add(id), "rollout", id, "each id once");
      PolicyRef answered = rollout.scored().generation().policy();
      Check.that(answered.equals(policy), "policy of " + id, answered, policy.toString());
      checkTrajectory(id, rollout.scored().generation().trajectory(), sampler);
      checkLike(rollout.scored(), first);
      ScoredRollout member = groups.computeIfAbsent(id.group(), group -> rollout.scored());
      SortedSet<String> leftOut = member.reward().leftOut();
      Check.that(
          rollout.scored().reward().leftOut().equals(leftOut),
          "judges left out of " + id,
          rollout.scored().reward().leftOut(),
          leftOut + ", as of its group");
    }
  }

  private static void checkTrajectory(
      RolloutId id, Trajectory trajectory, SamplerSettings sampler) {
    Check.that(
        trajectory.steps() == sampler.steps(),
        "steps of " + id,
        trajectory.steps(),
        String.valueOf(sampler.steps()));
    Check.that(
        trajectory.logProbs().length == sampler.sdeSteps(),
        "window of " + id,
        trajectory.logProbs().length,
        "sdeSteps = " + sampler.sdeSteps());
  }

  private static String frame(ScoredRollout rollout) {
    return rollout.generation().prompt().firstFrame().isPresent() ? "given" : "not given";
  }

  private static void checkLike(ScoredRollout rollout, ScoredRollout first) {
    Pixels sample = rollout.generation().sample();
    Pixels model = first.generation().sample();
    Check.that(
        sample.shape().equals(model.shape()),
        "sample of " + rollout.id(),
        sample,
        model.toString());
    Check.that(
        frame(rollout).equals(frame(first)),
        "first frame of " + rollout.id(),
        frame(rollout),
        frame(first));
    Trajectory path = rollout.generation().trajectory();
    Trajectory modelPath = first.generation().trajectory();
    Check.that(
        Arrays.equals(path.latentShape(), modelPath.latentShape()),
        "latentShape of " + rollout.id(),
        Arrays.toString(path.latentShape()),
        Arrays.toString(modelPath.latentShape()));
    Check.that(
        Arrays.equals(path.sigmas(), modelPath.sigmas()),
        "sigmas of " + rollout.id(),
        Arrays.toString(path.sigmas()),
        Arrays.toString(modelPath.sigmas()));
    Check.that(
        rollout.judges().equals(first.judges()),
        "judges of " + rollout.id(),
        rollout.judges(),
        first.judges().toString());
    Check.that(
        rollout.gradient().isPresent() == first.gradient().isPresent(),
        "gradient of " + rollout.id(),
        rollout.gradient().isPresent() ? "present" : "absent",
        first.gradient().isPresent() ? "present" : "absent");
    Check.that(
        rollout.reward().names().equals(first.reward().names()),
        "reward parts of " + rollout.id(),
        rollout.reward().names(),
        first.reward().names().toString());
  }
}
