package io.rewarddance.driver.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class TimeLeftTest {
  @Test
  void nothingIsGuessedBeforeTheFirstIteration() {
    assertThat(new TimeLeft(Optional.empty()).text(10, Duration.ZERO)).isEqualTo("-");
  }

  @Test
  void theLastTenIterationsCount() {
    TimeLeft left = new TimeLeft(Optional.empty());
    left.iteration(1000);
    for (int i = 0; i < 10; i++) {
      left.iteration(2);
    }
    assertThat(left.text(45, Duration.ofSeconds(1020))).isEqualTo("1:30");
  }

  @Test
  void aTimeLimitCapsTheGuess() {
    TimeLeft left = new TimeLeft(Optional.of(Duration.ofMinutes(3)));
    left.iteration(10);
    assertThat(left.text(100, Duration.ofMinutes(1))).isEqualTo("2:00");
    assertThat(left.text(100, Duration.ofMinutes(4))).isEqualTo("0:00");
  }
}
