package io.rewarddance.embedded.trainer.optimizer;

import io.rewarddance.proto.training.UpdateSettings.Schedule;

/**
 * The share of the peak rate at an iteration: a linear warmup, then the peak until {@code hold} of
 * the run is over, then down to {@code last} at its end by half a cosine or a straight line. The
 * warmup multiplies the rest.
 */
public final class RateSchedule {
  private final Schedule schedule;
  private final Shape shape;

  private enum Shape {
    CONSTANT,
    COSINE,
    LINEAR
  }

  /**
   * @throws IllegalArgumentException naming the setting that can't be
   */
  public RateSchedule(Schedule schedule) {
    this.schedule = schedule;
    this.shape =
        switch (schedule.kind()) {
          case "constant" -> Shape.CONSTANT;
          case "cosine" -> Shape.COSINE;
          case "linear" -> Shape.LINEAR;
          default ->
              throw new IllegalArgumentException(
                  "schedule.kind: " + schedule.kind() + " (expected: constant, cosine or linear)");
        };
    Require.that(schedule.iterations() >= 1, "schedule.iterations", schedule.iterations(), ">= 1");
    Require.that(schedule.warmup() >= 0, "schedule.warmup", schedule.warmup(), ">= 0");
    Require.that(
        schedule.hold() >= 0 && schedule.hold() <= 1, "schedule.hold", schedule.hold(), "0 to 1");
    Require.that(
        schedule.last() >= 0 && schedule.last() <= 1, "schedule.last", schedule.last(), "0 to 1");
  }

  /** The share of the peak rate, 0 to 1. */
  public double factor(int iteration) {
    double warm = schedule.warmup() == 0 ? 1 : (iteration + 1.0) / schedule.warmup();
    return Math.min(1, warm) * (schedule.last() + (1 - schedule.last()) * decay(iteration));
  }

  /** 1 at the peak, 0 at the end. */
  private double decay(int iteration) {
    double done = Math.min(1, iteration / (double) schedule.iterations());
    double decayed = schedule.hold() < 1 ? (done - schedule.hold()) / (1 - schedule.hold()) : 0;
    double along = Math.max(0, decayed);
    return switch (shape) {
      case CONSTANT -> 1;
      case COSINE -> 0.5 * (1 + Math.cos(Math.PI * along));
      case LINEAR -> 1 - along;
    };
  }
}
