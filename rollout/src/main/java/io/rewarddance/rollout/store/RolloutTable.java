package io.rewarddance.rollout.store;

import java.util.Arrays;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The small columns of a rollout file as flat arrays, one element a rollout unless said. The arrays
 * aren't copied: treat them as read-only. Equality is by content.
 *
 * @param group number of its group
 * @param rollout number within its group
 * @param seed the sampler's seed
 * @param promptIndex line in the prompt file
 * @param prompt its text
 * @param category its category, may be empty
 * @param logProbs {@code [R * W]} nats, row r is rollout r's window; empty when W = 0
 * @param sigmas {@code [steps + 1]} the schedule of all
 * @param firstFrame {@code [R * height * width * 3]}, row r is the frame that rollout r's video was
 *     to begin with; empty when none was given
 * @param imageGradient {@code [R * height * width * 3]} nats per grey level, row r is rollout r's
 *     image; empty when judges weren't asked for it
 * @param reward weighed sum of the parts; NaN where a judge was left out
 * @param rewardParts unweighted parts by name; NaN where the judge was left out
 * @param yesLogProb nats, by judge; NaN likewise
 * @param noLogProb nats, by judge; NaN likewise
 * @param advantage relative to its group
 * @param trained whether the update uses it
 */
public record RolloutTable(
    int[] group,
    int[] rollout,
    long[] seed,
    int[] promptIndex,
    String[] prompt,
    String[] category,
    float[] logProbs,
    float[] sigmas,
    byte[] firstFrame,
    float[] imageGradient,
    double[] reward,
    SortedMap<String, double[]> rewardParts,
    SortedMap<String, double[]> yesLogProb,
    SortedMap<String, double[]> noLogProb,
    double[] advantage,
    boolean[] trained) {
  public RolloutTable {
    rewardParts = Collections.unmodifiableSortedMap(new TreeMap<>(rewardParts));
    yesLogProb = Collections.unmodifiableSortedMap(new TreeMap<>(yesLogProb));
    noLogProb = Collections.unmodifiableSortedMap(new TreeMap<>(noLogProb));
  }

  /** Rollouts: R. */
  public int size() {
    return group.length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RolloutTable that
        && Arrays.equals(group, that.group)
        && Arrays.equals(rollout, that.rollout)
        && Arrays.equals(seed, that.seed)
        && Arrays.equals(promptIndex, that.promptIndex)
        && Arrays.equals(prompt, that.prompt)
        && Arrays.equals(category, that.category)
        && Arrays.equals(logProbs, that.logProbs)
        && Arrays.equals(sigmas, that.sigmas)
        && Arrays.equals(firstFrame, that.firstFrame)
        && Arrays.equals(imageGradient, that.imageGradient)
        && Arrays.equals(reward, that.reward)
        && sameColumns(rewardParts, that.rewardParts)
        && sameColumns(yesLogProb, that.yesLogProb)
        && sameColumns(noLogProb, that.noLogProb)
        && Arrays.equals(advantage, that.advantage)
        && Arrays.equals(trained, that.trained);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(seed) + Arrays.hashCode(advantage);
  }

  @Override
  public String toString() {
    return "RolloutTable[" + size() + " rollouts]";
  }

  private static boolean sameColumns(SortedMap<String, double[]> a, SortedMap<String, double[]> b) {
    return a.keySet().equals(b.keySet())
        && a.keySet().stream().allMatch(name -> Arrays.equals(a.get(name), b.get(name)));
  }
}
