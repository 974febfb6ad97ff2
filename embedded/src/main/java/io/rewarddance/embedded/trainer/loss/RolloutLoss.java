package io.rewarddance.embedded.trainer.loss;

import java.util.Arrays;

/** A loss whose samples are whole rollouts, each visited as often as asked. */
abstract class RolloutLoss implements Loss {
  private final TrainingSet set;
  private final int repeats;
  private final int minibatch;

  /**
   * @param repeats how often each rollout is used
   * @param minibatch samples of an optimizer step, about
   */
  RolloutLoss(TrainingSet set, int repeats, int minibatch) {
    this.set = set;
    this.repeats = repeats;
    this.minibatch = minibatch;
  }

  @Override
  public final int samples() {
    return set.size() * repeats;
  }

  @Override
  public final int steps() {
    return (int) Math.max(1, Math.round(samples() / (double) minibatch));
  }

  @Override
  public final int rollout(int sample) {
    return sample % set.size();
  }

  /** The rollout of each sample. */
  final int[] rollouts(int[] samples) {
    return Arrays.stream(samples).map(this::rollout).toArray();
  }
}
