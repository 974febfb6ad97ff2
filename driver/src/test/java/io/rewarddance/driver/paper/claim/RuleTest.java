package io.rewarddance.driver.paper.claim;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewarddance.metrics.stat.MeanInterval;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RuleTest {
  private static final Rule RULE = Rule.difference("something");

  @ParameterizedTest
  @CsvSource({
    "0.01, 0.05, 3, REPRODUCED",
    "0.001, 0.005, 3, REPRODUCED",
    "0.01, 0.05, 2, UNDECIDED",
    "-0.05, 0.05, 3, UNDECIDED",
    "0, 0.05, 9, UNDECIDED",
    "-0.05, 0.019, 3, NOT_REPRODUCED",
    "-0.05, 0.02, 3, UNDECIDED",
    "-0.05, -0.01, 3, NOT_REPRODUCED",
    "-0.05, -0.01, 1, UNDECIDED",
  })
  void theIntervalDecides(double low, double high, int seeds, Verdict verdict) {
    MeanInterval measured = new MeanInterval((low + high) / 2, low, high, seeds);
    assertThat(RULE.on(Optional.of(measured), seeds).verdict()).isEqualTo(verdict);
  }

  @Test
  void nothingMeasuredIsUndecided() {
    assertThat(RULE.on(Optional.empty(), 0).verdict()).isEqualTo(Verdict.UNDECIDED);
  }
}
