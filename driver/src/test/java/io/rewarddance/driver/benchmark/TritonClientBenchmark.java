package io.rewarddance.driver.benchmark;

import com.sun.management.OperatingSystemMXBean;
import io.rewarddance.driver.testing.TritonConfigs;
import io.rewarddance.driver.triton.TritonClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * The driver's side of {@code benchmarks/triton-client/run}: its client in closed loops, by the
 * orders on standard input. Argument: the server. An order is a line {@code BYTES DEPTH REQUESTS};
 * each is answered with a line of JSON: seconds, processor seconds of this whole process (compiler
 * and collector with it), and the latency of each request in microseconds.
 */
public final class TritonClientBenchmark {
  private static final int MOST_IN_FLIGHT = 64;
  private static final long BYTES_IN_FLIGHT = 1L << 30;
  private static final double NANOS = 1e9;
  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private TritonClientBenchmark() {}

  public static void main(String[] arguments) throws IOException {
    try (TritonClient client =
            TritonClient.connect(
                List.of(arguments[0]),
                TritonConfigs.ofBounds(BYTES_IN_FLIGHT, MOST_IN_FLIGHT),
                () -> 0.5);
        BufferedReader orders =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII))) {
      for (String order = orders.readLine(); order != null; order = orders.readLine()) {
        System.out.println(
            round(client, Arrays.stream(order.split(" ")).mapToInt(Integer::parseInt).toArray()));
      }
    }
  }

  private static String round(TritonClient client, int[] order) {
    ClosedLoop loop = new ClosedLoop(client, order[0], order[2]);
    long cpu = PROCESS.getProcessCpuTime();
    long start = System.nanoTime();
    long[] latencies = loop.run(order[1]);
    double seconds = (System.nanoTime() - start) / NANOS;
    double cpuSeconds = (PROCESS.getProcessCpuTime() - cpu) / NANOS;
    long[] micros = Arrays.stream(latencies).map(nanos -> Math.round(nanos / 1e3)).toArray();
    return "{\"seconds\": %.6f, \"cpu_seconds\": %.6f, \"latencies\": %s}"
        .formatted(seconds, cpuSeconds, Arrays.toString(micros));
  }
}
