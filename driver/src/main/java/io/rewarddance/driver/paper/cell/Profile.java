package io.rewarddance.driver.paper.cell;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Sizes of cells. A short budget gets small cells: every table is filled, with wide intervals,
 * instead of one table well.
 */
public enum Profile {
  /** Minutes: shows that everything works; no number of it says anything. */
  SMOKE(
      Duration.ZERO,
      List.of(Rung.XS, Rung.S, Rung.M),
      new Judging(10, 8, 2, 6),
      new Driving(3, 4, 4, 18, 12),
      new Searching(6, 48)),
  /** About twenty minutes a seed. */
  SHORT(
      Duration.ofMinutes(20),
      List.of(Rung.values()),
      new Judging(400, 80, 8, 40),
      new Driving(24, 16, 6, 240, 60),
      new Searching(48, 96)),
  /** About fifty minutes a seed. */
  FULL(
      Duration.ofMinutes(100),
      List.of(Rung.values()),
      new Judging(4800, 150, 20, 60),
      new Driving(45, 24, 6, 480, 120),
      new Searching(120, 96));

  private final Duration from;
  private final List<Rung> rungs;
  private final Judging judging;
  private final Driving driving;
  private final Searching searching;

  Profile(Duration from, List<Rung> rungs, Judging judging, Driving driving, Searching searching) {
    this.from = from;
    this.rungs = rungs;
    this.judging = judging;
    this.driving = driving;
    this.searching = searching;
  }

  /**
   * @param trainGroups prompts of the training set
   * @param testGroups prompts of each other set
   * @param updates validations of a judge's training
   * @param steps optimizer steps between two of them
   */
  public record Judging(int trainGroups, int testGroups, int updates, int steps) {}

  /**
   * @param iterations of a run by NFT
   * @param groups prompts in an iteration
   * @param groupSize images of each
   * @param heldOut images of the evaluations before and after
   * @param probe images of the hacking study's evaluations in between
   */
  public record Driving(int iterations, int groups, int groupSize, int heldOut, int probe) {
    /** Rollouts of an iteration. */
    public int rollouts() {
      return groups * groupSize;
    }
  }

  /**
   * @param count searches of a cell
   * @param budget network evaluations of each
   */
  public record Searching(int count, int budget) {}

  /** The largest one that a budget is enough for. */
  public static Profile of(Duration budget) {
    return Arrays.stream(values())
        .filter(profile -> profile.from.compareTo(budget) <= 0)
        .reduce((smaller, larger) -> larger)
        .orElseThrow();
  }

  /** The name that people write. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  public List<Rung> rungs() {
    return rungs;
  }

  public Judging judging() {
    return judging;
  }

  public Driving driving() {
    return driving;
  }

  public Searching searching() {
    return searching;
  }
}
