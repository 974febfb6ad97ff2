package io.rewarddance.driver.engine;

import io.rewarddance.driver.clock.StageClock;
import io.rewarddance.driver.config.RunConfig;
import io.rewarddance.driver.loop.Progress;
import io.rewarddance.driver.loop.RunListener;
import io.rewarddance.driver.loop.StageNames;
import io.rewarddance.driver.publish.Canary.Song;
import io.rewarddance.driver.update.UpdateOrder;
import io.rewarddance.proto.training.UpdateResult;
import io.rewarddance.rollout.PolicyRef;
import java.util.SortedMap;
import java.util.TreeMap;

/** Steps 8 and 9: from rollouts on disk to a new policy in service. */
final class Learner {
  private final RunConfig config;
  private final RunDirectory directory;
  private final Stack stack;
  private final Steps steps;
  private final StageClock clock;
  private final RunListener listener;

  Learner(
      RunConfig config,
      RunDirectory directory,
      Stack stack,
      Steps steps,
      StageClock clock,
      RunListener listener) {
    this.config = config;
    this.directory = directory;
    this.stack = stack;
    this.steps = steps;
    this.clock = clock;
    this.listener = listener;
  }

  /**
   * What an iteration's rollouts led to.
   *
   * @param song the canary of the policy that is live now
   * @param metrics of the update; empty when there was none
   */
  record Learnt(Song song, SortedMap<String, Double> metrics, boolean updated) {}

  /** Trains and publishes; without anything to train on the policy stays. Safe to repeat. */
  Learnt learn(StoredIteration stored, Song current) {
    if (!stored.isTrainable()) {
      return new Learnt(current, new TreeMap<>(), false);
    }
    UpdateResult result = update(stored, current.policy());
    PolicyRef next = new PolicyRef(result.policyVersion(), result.policyDigest());
    Song song = publish(next, current);
    return new Learnt(song, UpdateNumbers.of(result), true);
  }

  private UpdateResult update(StoredIteration stored, PolicyRef current) {
    UpdateOrder order =
        new UpdateOrder(
            config.run(),
            stored.iteration(),
            directory.root().resolve(stored.file()),
            stored.sha256());
    listener.progress(new Progress(Progress.Stage.UPDATE, 0, 1));
    return clock.during(
        StageNames.UPDATE,
        () ->
            steps.run(
                "update of iteration " + stored.iteration(),
                steps.policies().onBackendFailure(),
                () -> stack.training().update(order, current.version())));
  }

  private Song publish(PolicyRef next, Song current) {
    listener.progress(new Progress(Progress.Stage.PUBLISH, 0, 1));
    return clock.during(
        StageNames.PUBLISH,
        () ->
            steps.run(
                "publication of " + next,
                steps.policies().onPublishFailure(),
                () -> stack.publisher().publish(next, current.policy(), current)));
  }
}
