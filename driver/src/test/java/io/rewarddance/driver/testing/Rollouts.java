package io.rewarddance.driver.testing;

import io.rewarddance.rollout.Generation;
import io.rewarddance.rollout.GroupId;
import io.rewarddance.rollout.Image;
import io.rewarddance.rollout.PolicyRef;
import io.rewarddance.rollout.Prompt;
import io.rewarddance.rollout.Reward;
import io.rewarddance.rollout.ScoredRollout;
import io.rewarddance.rollout.Trajectory;
import io.rewarddance.rollout.YesProbability;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Small scored rollouts with given rewards. */
public final class Rollouts {
  public static final PolicyRef POLICY = new PolicyRef(3, "0123456789abcdef".repeat(4));

  private Rollouts() {}

  /** Rollouts 0, 1, ... of a group, one reward part {@code judge} each. */
  public static List<ScoredRollout> ofRewards(GroupId group, Prompt prompt, double... rewards) {
    List<ScoredRollout> rollouts = new ArrayList<>();
    for (int i = 0; i < rewards.length; i++) {
      rollouts.add(of(group, i, prompt, rewards[i], Map.of("judge", rewards[i])));
    }
    return rollouts;
  }

  public static ScoredRollout of(
      GroupId group, int rollout, Prompt prompt, double total, Map<String, Double> parts) {
    Generation generation =
        new Generation(
            group.rollout(rollout),
            prompt,
            1000L + rollout,
            POLICY,
            Image.of(1, 1, new byte[] {1, 2, (byte) rollout}),
            new Trajectory(
                new int[] {2}, new float[] {1, rollout}, 1, new float[0], new float[] {1, 0}));
    SortedMap<String, YesProbability> answers = new TreeMap<>();
    parts.keySet().forEach(name -> answers.put(name, new YesProbability(-0.5, -1.5)));
    return new ScoredRollout(generation, answers, new Reward(total, new TreeMap<>(parts)));
  }
}
