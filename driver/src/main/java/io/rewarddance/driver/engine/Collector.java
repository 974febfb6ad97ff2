package io.rewarddance.driver.engine;

import io.rewarddance.driver.advantage.Advantages;
import io.rewarddance.driver.clock.StageClock;
import io.rewarddance.driver.config.AdvantageConfig;
import io.rewarddance.driver.config.RunConfig;
import io.rewarddance.driver.group.GroupMembers;
import io.rewarddance.driver.group.Grouper;
import io.rewarddance.driver.loop.Progress;
import io.rewarddance.driver.loop.RunListener;
import io.rewarddance.driver.loop.StageNames;
import io.rewarddance.driver.plan.IterationPlan;
import io.rewarddance.driver.reference.References;
import io.rewarddance.driver.reward.Rewards;
import io.rewarddance.driver.store.BatchDigest;
import io.rewarddance.driver.store.RolloutStore;
import io.rewarddance.proto.training.TrainingJson;
import io.rewarddance.rollout.Algorithm;
import io.rewarddance.rollout.PolicyRef;
import io.rewarddance.rollout.ScoredRollout;
import io.rewarddance.rollout.TrainingBatch;
import io.rewarddance.rollout.store.StoredRollouts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Steps 2 to 7: from an iteration's plan to its rollouts on disk. */
final class Collector {
  private final RunConfig config;
  private final AdvantageConfig advantage;
  private final RunDirectory directory;
  private final Rollouts rollouts;
  private final Steps steps;
  private final StageClock clock;
  private final RunListener listener;
  private final Rewards rewards;
  private final Advantages advantages;
  private final RolloutStore store;

  /**
   * @param advantage the configuration's, with the floor that this run uses
   */
  Collector(
      RunConfig config,
      AdvantageConfig advantage,
      RunDirectory directory,
      Rollouts rollouts,
      Steps steps,
      StageClock clock,
      RunListener listener) {
    this.config = config;
    this.advantage = advantage;
    this.directory = directory;
    this.rollouts = rollouts;
    this.steps = steps;
    this.clock = clock;
    this.listener = listener;
    this.rewards = new Rewards(config.judges());
    // A gradient says where to go on its own; groups that are all alike teach as well.
    boolean refl = config.training().algorithm() == Algorithm.REFL;
    this.advantages = new Advantages(advantage, config.judges(), refl);
    this.store = new RolloutStore(directory.rollouts());
  }

  /**
   * Draws, judges and stores. When no rollout is to be trained on, no file is written.
   *
   * @param references by the name of the pairwise judge
   */
  StoredIteration collect(
      IterationPlan plan, PolicyRef policy, Map<String, References> references) {
    List<List<Sample>> samples = rewarded(rollouts.run(plan, policy, references));
    Advantages.Result result = advantages.of(Grouper.sort(members(samples), advantage.minJudged()));
    String file = "";
    String sha256 = "";
    String content = "";
    if (result.trained() > 0) {
      TrainingBatch batch = batch(plan, policy, result);
      StoredRollouts stored = store(batch);
      file = directory.relative(stored.path());
      sha256 = stored.sha256();
      content = BatchDigest.of(batch);
    }
    return new StoredIteration(
        plan.iteration(),
        file,
        sha256,
        content,
        RolloutNumbers.metrics(samples, result, advantage),
        RolloutNumbers.counts(samples, result),
        RolloutNumbers.asides(result.setAside()));
  }

  /** Whether a stored iteration's file is there and unharmed; one without a file always is. */
  boolean isSound(StoredIteration stored) {
    return !stored.isTrainable()
        || store.isSound(directory.root().resolve(stored.file()), stored.sha256());
  }

  private List<List<Sample>> rewarded(List<List<Sample>> samples) {
    return samples.stream().map(group -> group.stream().map(this::rewarded).toList()).toList();
  }

  private Sample rewarded(Sample sample) {
    return sample.failure().isPresent() || sample.drawn().isEmpty()
        ? sample
        : sample.withReward(
            rewards.without(sample.leftOut()).score(sample.drawn().get(), sample.judgements()));
  }

  private static List<GroupMembers> members(List<List<Sample>> samples) {
    List<GroupMembers> members = new ArrayList<>(samples.size());
    for (List<Sample> group : samples) {
      List<ScoredRollout> scored =
          group.stream()
              .flatMap(sample -> sample.reward().stream())
              .flatMap(reward -> reward.value().stream())
              .toList();
      int drawn = (int) group.stream().filter(sample -> sample.drawn().isPresent()).count();
      Sample first = group.get(0);
      members.add(
          new GroupMembers(first.id().groupId(), first.prompt(), group.size(), drawn, scored));
    }
    return members;
  }

  private TrainingBatch batch(IterationPlan plan, PolicyRef policy, Advantages.Result result) {
    String settings =
        TrainingJson.write(
            config
                .training()
                .updateSettings(
                    plan.updateSeed(), config.rollouts().iterations(), advantage.clip()));
    return new TrainingBatch(
        config.run(),
        plan.iteration(),
        config.training().algorithm(),
        policy,
        plan.sampler(),
        config.seed(),
        settings,
        result.rollouts());
  }

  private StoredRollouts store(TrainingBatch batch) {
    listener.progress(new Progress(Progress.Stage.STORE, 0, 1));
    return clock.during(
        StageNames.STORE,
        () ->
            steps.run(
                "storing the rollouts of iteration " + batch.iteration(),
                steps.policies().onStoreFailure(),
                () -> store.write(batch)));
  }
}
