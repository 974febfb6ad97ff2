package io.rewarddance.embedded.trainer.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import io.rewarddance.proto.training.UpdateSettings.Schedule;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateScheduleTest {
  @ParameterizedTest
  @CsvSource({
    // kind, iterations, warmup, hold, last, iteration, factor
    "constant, 10, 0, 0, 0, 0, 1",
    "constant, 10, 0, 0, 0, 9, 1",
    "constant, 10, 4, 0, 0, 0, 0.25",
    "constant, 10, 4, 0, 0, 3, 1",
    "linear, 10, 0, 0, 0, 0, 1",
    "linear, 10, 0, 0, 0, 5, 0.5",
    "linear, 10, 0, 0, 0.2, 10, 0.2",
    "linear, 10, 0, 0.5, 0, 5, 1",
    "linear, 10, 0, 0.5, 0, 9, 0.2",
    "linear, 10, 0, 1, 0, 9, 1",
    "cosine, 10, 0, 0, 0, 0, 1",
    "cosine, 10, 0, 0, 0, 5, 0.5",
    "cosine, 10, 0, 0, 0.03, 10, 0.03",
    "cosine, 10, 0, 0, 0.03, 99, 0.03",
    "cosine, 90, 5, 0.2, 0.03, 17, 1",
    "cosine, 90, 5, 0.2, 0.03, 0, 0.2",
    "cosine, 90, 5, 0.2, 0.03, 54, 0.515",
    "cosine, 4, 4, 0, 0, 2, 0.375",
  })
  void factorIsAsTheTableSays(
      String kind,
      int iterations,
      int warmup,
      double hold,
      double last,
      int iteration,
      double factor) {
    RateSchedule schedule = new RateSchedule(new Schedule(kind, iterations, warmup, hold, last));
    assertThat(schedule.factor(iteration)).isCloseTo(factor, offset(1e-12));
  }

  @ParameterizedTest
  @CsvSource({
    "step, 10, 0, 0, 0, schedule.kind: step",
    "cosine, 0, 0, 0, 0, schedule.iterations: 0",
    "cosine, 10, -1, 0, 0, schedule.warmup: -1",
    "cosine, 10, 0, 1.5, 0, schedule.hold: 1.5",
    "cosine, 10, 0, NaN, 0, schedule.hold: NaN",
    "cosine, 10, 0, 0, 2, schedule.last: 2.0",
  })
  void whatCantBeIsNamed(
      String kind, int iterations, int warmup, double hold, double last, String message) {
    assertThatThrownBy(() -> new RateSchedule(new Schedule(kind, iterations, warmup, hold, last)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message)
        .hasMessageContaining("expected: ");
  }
}
