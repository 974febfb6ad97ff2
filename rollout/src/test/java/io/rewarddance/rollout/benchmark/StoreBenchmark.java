package io.rewarddance.rollout.benchmark;

import com.sun.management.OperatingSystemMXBean;
import io.rewarddance.rollout.Examples;
import io.rewarddance.rollout.TrainingBatch;
import io.rewarddance.rollout.store.RolloutWriter;
import io.rewarddance.rollout.store.StoreException;
import io.rewarddance.rollout.store.StoredRollouts;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Times the writing of rollout files against h5py writing the same arrays. Rounds of all of them
 * take turns, so that a slow moment of the machine or its disk meets each. Run by {@code
 * benchmarks/hdf5/run}. Arguments: directory, Python, script, rounds of the small batch, rounds of
 * the large one; half as many go before, untimed. Prints one line of JSON for each way to write.
 */
public final class StoreBenchmark {
  private static final double NANOS = 1e9;
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  /** The quickstart's iteration: clean latents only. */
  private static final Examples.Shape QUICKSTART =
      new Examples.Shape(24, 6, 32, 32, new int[] {3, 32, 32}, 6, 0);

  /** Images of a real model, and a window of two steps over latents of 16 channels. */
  private static final Examples.Shape LARGE =
      new Examples.Shape(32, 8, 512, 512, new int[] {16, 64, 64}, 16, 2);

  /** What is timed, and the script's word for it; none for our own. */
  private static final Map<String, String> WAYS = new LinkedHashMap<>();

  static {
    WAYS.put("rollout.store", "");
    WAYS.put("h5py, verified, with digests", "sealed");
    WAYS.put("h5py, verified", "verified");
    WAYS.put("h5py, not verified", "plain");
  }

  private StoreBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    Path directory = Path.of(arguments[0]);
    List<String> h5py = List.of(arguments[1], arguments[2]);
    measure("quickstart", QUICKSTART, directory, h5py, Integer.parseInt(arguments[3]));
    measure("large", LARGE, directory, h5py, Integer.parseInt(arguments[4]));
  }

  private static void measure(
      String name, Examples.Shape shape, Path directory, List<String> command, int rounds)
      throws Exception {
    if (rounds == 0) {
      return;
    }
    TrainingBatch batch = Examples.batch(shape, 7);
    StoredRollouts stored = RolloutWriter.write(directory.resolve(name), batch);
    Map<String, List<Cost>> costs = new LinkedHashMap<>();
    try (H5py h5py = new H5py(command, stored.path(), directory.resolve(name))) {
      for (int round = -rounds / 2; round < rounds; round++) {
        Map<String, Cost> once = new LinkedHashMap<>();
        for (String way : WAYS.keySet()) {
          freePages(directory.resolve(name), stored.bytes());
          boolean ours = WAYS.get(way).isEmpty();
          once.put(way, ours ? time(directory.resolve(name), batch) : h5py.write(WAYS.get(way)));
        }
        if (round >= 0) {
          once.forEach((way, cost) -> costs.computeIfAbsent(way, w -> new ArrayList<>()).add(cost));
        }
      }
    }
    costs.forEach((way, all) -> print(name, way, stored.bytes(), all));
  }

  /**
   * Leaves as much memory free as two such files take, just used: a virtual machine may have given
   * back what was free for longer, and is ten times slower in getting it again, whoever it hits.
   */
  private static void freePages(Path directory, long bytes) throws IOException {
    Path scratch = directory.resolve("scratch");
    byte[] block = new byte[1 << 20];
    try (OutputStream out = Files.newOutputStream(scratch)) {
      for (long written = 0; written < 2 * bytes; written += block.length) {
        out.write(block);
      }
    }
    Files.delete(scratch);
  }

  private static Cost time(Path directory, TrainingBatch batch) throws StoreException {
    long start = System.nanoTime();
    long cpuStart = SYSTEM.getProcessCpuTime();
    RolloutWriter.write(directory, batch);
    return new Cost(
        (System.nanoTime() - start) / NANOS, (SYSTEM.getProcessCpuTime() - cpuStart) / NANOS);
  }

  private static void print(String batch, String way, long bytes, List<Cost> all) {
    System.out.printf(
        "{\"batch\": \"%s\", \"megabytes\": %.1f, \"way\": \"%s\", \"rounds\": %d,"
            + " \"median_seconds\": %.4f, \"best_seconds\": %.4f, \"median_cpu_seconds\": %.4f}%n",
        batch,
        bytes / 1e6,
        way,
        all.size(),
        Cost.median(all, Cost::seconds),
        all.stream().mapToDouble(Cost::seconds).min().orElse(0),
        Cost.median(all, Cost::cpuSeconds));
  }
}
