package io.rewarddance.driver.benchmark;

import static io.rewarddance.driver.benchmark.Load.Model.GENERATOR;
import static io.rewarddance.driver.benchmark.Load.Model.JUDGE;

import io.rewarddance.driver.generate.Drawing;
import io.rewarddance.rollout.YesProbability;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Images a second of two servers of one model repository, asked the same by the same client. Rounds
 * of both take turns, so that a slow moment of the machine meets each; the server that isn't asked
 * is idle. Run by {@code benchmarks/servers/run}. Arguments: rounds, then {@code NAME=HOST:PORT}
 * twice; half as many rounds go before, untimed. Prints one line of JSON for each load.
 */
public final class ServersBenchmark {
  private static final double NANOS = 1e9;
  private static final double TOLERANCE = 1e-5;

  private static final List<Load> LOADS =
      List.of(
          new Load(JUDGE, 1, 1, 96),
          new Load(JUDGE, 6, 1, 288),
          new Load(JUDGE, 6, 4, 288),
          new Load(JUDGE, 24, 4, 288),
          new Load(JUDGE, 64, 4, 512),
          new Load(GENERATOR, 1, 1, 24),
          new Load(GENERATOR, 6, 1, 72),
          new Load(GENERATOR, 6, 4, 144),
          new Load(GENERATOR, 24, 4, 144));

  private ServersBenchmark() {}

  public static void main(String[] arguments) {
    int rounds = Integer.parseInt(arguments[0]);
    try (Contestant first = contestant(arguments[1]);
        Contestant second = contestant(arguments[2])) {
      List<Drawing> drawings = sameDrawings(first, second);
      for (Load load : LOADS) {
        measure(load, rounds, drawings, first, second);
      }
    }
  }

  private static Contestant contestant(String argument) {
    String[] parts = argument.split("=", 2);
    return new Contestant(parts[0], parts[1]);
  }

  /** Servers that answer differently have nothing to compare. */
  private static List<Drawing> sameDrawings(Contestant first, Contestant second) {
    List<Drawing> drawings = first.draw(new Load(GENERATOR, 24, 4, 144));
    List<Drawing> others = second.draw(new Load(GENERATOR, 24, 4, 144));
    Load questions = new Load(JUDGE, 24, 4, 144);
    List<YesProbability> answers = first.judge(questions, drawings);
    List<YesProbability> otherAnswers = second.judge(questions, others);
    for (int i = 0; i < drawings.size(); i++) {
      double difference = answers.get(i).probability() - otherAnswers.get(i).probability();
      if (Math.abs(difference) > TOLERANCE
          || !Arrays.equals(drawings.get(i).sample().rgb(), others.get(i).sample().rgb())) {
        throw new IllegalStateException("image " + i + ": the servers' answers differ");
      }
    }
    return drawings;
  }

  private static void measure(
      Load load, int rounds, List<Drawing> drawings, Contestant first, Contestant second) {
    List<Double> ofFirst = new ArrayList<>();
    List<Double> ofSecond = new ArrayList<>();
    for (int round = -rounds / 2; round < rounds; round++) {
      double one = seconds(first, load, drawings);
      double other = seconds(second, load, drawings);
      if (round >= 0) {
        ofFirst.add(one);
        ofSecond.add(other);
      }
    }
    double rate = load.images() / median(ofFirst);
    double otherRate = load.images() / median(ofSecond);
    System.out.printf(
        "{\"model\": \"%s\", \"rows\": %d, \"in_flight\": %d, \"rounds\": %d,"
            + " \"images_per_second\": {\"%s\": %.0f, \"%s\": %.0f}, \"ratio\": %.2f}%n",
        load.model().name().toLowerCase(Locale.ROOT),
        load.rows(),
        load.inFlight(),
        rounds,
        first.name(),
        rate,
        second.name(),
        otherRate,
        rate / otherRate);
  }

  private static double seconds(Contestant server, Load load, List<Drawing> drawings) {
    long start = System.nanoTime();
    if (load.model() == GENERATOR) {
      server.draw(load);
    } else {
      server.judge(load, drawings);
    }
    return (System.nanoTime() - start) / NANOS;
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
  }
}
