package io.rewarddance.driver.judges;

import java.util.SortedMap;
import java.util.TreeMap;

/** Seconds by stage, over all sittings of a job. */
public final class StageSeconds {
  private final SortedMap<String, Double> seconds = new TreeMap<>();

  /** Work that has a time. */
  @FunctionalInterface
  public interface Work<T, E extends Exception> {
    T run() throws E;
  }

  /** Does something and notes how long it took. */
  public <T, E extends Exception> T time(String stage, Work<T, E> work) throws E {
    long start = System.nanoTime();
    try {
      return work.run();
    } finally {
      add(stage, (System.nanoTime() - start) / 1e9);
    }
  }

  public void add(String stage, double time) {
    seconds.merge(stage, time, Double::sum);
  }

  /** Rounded to milliseconds. */
  public SortedMap<String, Double> all() {
    SortedMap<String, Double> rounded = new TreeMap<>();
    seconds.forEach((stage, time) -> rounded.put(stage, Math.round(time * 1e3) / 1e3));
    return rounded;
  }
}
