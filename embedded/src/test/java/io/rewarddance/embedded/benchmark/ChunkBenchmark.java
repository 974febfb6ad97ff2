package io.rewarddance.embedded.benchmark;

import io.rewarddance.embedded.model.onnx.Lane;
import io.rewarddance.embedded.model.onnx.Network;
import io.rewarddance.embedded.model.onnx.PolicyFile;
import io.rewarddance.embedded.testing.Repository;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;

/**
 * Processor time an image costs at each batch shape, one thread; what the chunk sizes were chosen
 * by. Run by {@code benchmarks/serving/run chunks}. Argument: rounds.
 */
public final class ChunkBenchmark {
  private static final int[] ROWS = {1, 2, 4, 6, 8, 12, 16, 24, 32, 64};
  private static final int IMAGES_A_ROUND = 192;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private ChunkBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    int rounds = Integer.parseInt(arguments[0]);
    System.out.println("graph rows milliseconds_an_image");
    for (String graph : new String[] {"velocity", "pointwise", "pairwise"}) {
      String model = graph.equals("velocity") ? "shapes_generator" : "shapes_judge";
      for (int rows : ROWS) {
        System.out.printf("%s %d %.3f%n", graph, rows, milliseconds(model, graph, rows, rounds));
      }
    }
  }

  private static double milliseconds(String model, String graph, int rows, int rounds)
      throws Exception {
    Path version = Repository.version(model);
    PolicyFile policy = PolicyFile.read(version);
    double best = Double.POSITIVE_INFINITY;
    try (Network network = Network.open(version.resolve(graph + ".onnx"), policy.weights(), rows);
        Lane.Loan loan = network.borrow()) {
      int runs = Math.max(1, IMAGES_A_ROUND / rows);
      for (int round = 0; round < rounds; round++) {
        long start = THREADS.getCurrentThreadCpuTime();
        for (int run = 0; run < runs; run++) {
          loan.lane().run();
        }
        long nanos = THREADS.getCurrentThreadCpuTime() - start;
        best = Math.min(best, nanos / 1e6 / runs / rows);
      }
    }
    return best;
  }
}
