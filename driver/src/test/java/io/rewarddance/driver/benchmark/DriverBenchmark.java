package io.rewarddance.driver.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * How fast the driver draws and judges when the models take no time, against grpc-java with the
 * same messages. Rounds of both take turns, so that a slow moment of the machine meets each. Run by
 * {@code benchmarks/driver/run}. Arguments: rounds, groups of a round; half as many rounds go
 * before, untimed. Prints one line of JSON for each, and the ratio.
 */
public final class DriverBenchmark {
  private static final double NANOS = 1e9;

  private DriverBenchmark() {}

  private record Round(double seconds, double cpuSeconds, double bytes) {}

  public static void main(String[] arguments) throws Exception {
    int rounds = Integer.parseInt(arguments[0]);
    int groups = Integer.parseInt(arguments[1]);
    List<Round> ofDriver = new ArrayList<>();
    List<Round> ofBare = new ArrayList<>();
    try (NullModels models = new NullModels();
        DriverClient driver = new DriverClient(models.endpoint());
        BareClient bare = new BareClient(models.endpoint(), driver.recordedCalls())) {
      for (int round = -rounds / 2; round < rounds; round++) {
        Round one = time(() -> driver.run(groups));
        Round other = time(() -> bare.run(groups));
        if (round >= 0) {
          ofDriver.add(one);
          ofBare.add(other);
        }
      }
    }
    int samples = groups * Batch.ROWS;
    print("driver", ofDriver, samples);
    print("grpc-java alone", ofBare, samples);
    System.out.printf(
        "{\"driver_over_bare\": %.3f, \"by_cpu_time\": %.3f}%n",
        median(ofBare, Round::seconds) / median(ofDriver, Round::seconds),
        median(ofBare, Round::cpuSeconds) / median(ofDriver, Round::cpuSeconds));
  }

  private static Round time(Runnable work) {
    ClientThreads threads = new ClientThreads();
    long start = System.nanoTime();
    work.run();
    double seconds = (System.nanoTime() - start) / NANOS;
    ClientThreads.Use use = threads.sinceThen();
    return new Round(seconds, use.cpuNanos() / NANOS, use.bytes());
  }

  private static void print(String name, List<Round> rounds, int samples) {
    double seconds = median(rounds, Round::seconds);
    System.out.printf(
        "{\"what\": \"%s\", \"samples\": %d, \"rounds\": %d, \"samples_per_second\": %.0f,"
            + " \"best_samples_per_second\": %.0f, \"client_cpu_microseconds_per_sample\": %.0f,"
            + " \"allocated_bytes_per_sample\": %.0f}%n",
        name,
        samples,
        rounds.size(),
        samples / seconds,
        samples / rounds.stream().mapToDouble(Round::seconds).min().orElseThrow(),
        median(rounds, Round::cpuSeconds) / samples * 1e6,
        median(rounds, Round::bytes) / samples);
  }

  private static double median(List<Round> rounds, ToDoubleFunction<Round> which) {
    return rounds.stream()
        .mapToDouble(which)
        .sorted()
        .skip(rounds.size() / 2)
        .findFirst()
        .orElse(0);
  }
}
