package io.rewarddance.driver.triton;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class AnswerTimesTest {
  private final AtomicLong clock = new AtomicLong(TimeUnit.DAYS.toNanos(1));
  private final AnswerTimes times = new AnswerTimes(clock::get);

  @Test
  void eachModelHasItsOwn() {
    times.add("generator", 100);
    assertThat(times.expected("judge")).isEmpty();
    times.add("judge", 3);
    assertThat(times.expected("generator")).hasValue(100);
    assertThat(times.expected("judge")).hasValue(3);
  }

  @Test
  void whatCameLastCountsMost() {
    times.add("m", 100);
    times.add("m", 200);
    assertThat(times.expected("m")).hasValue(130);
    for (int i = 0; i < 20; i++) {
      times.add("m", 200);
    }
    assertThat(times.expected("m").orElseThrow()).isCloseTo(200, within(1.0));
  }

  @Test
  void anEndpointThatNobodyAsksIsForgiven() {
    times.add("m", 800);
    clock.addAndGet(TimeUnit.SECONDS.toNanos(30));
    assertThat(times.expected("m").orElseThrow()).isCloseTo(100, within(1e-9));
  }
}
