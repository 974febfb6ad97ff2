package io.rewarddance.driver.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class BackoffTest {
  private static final Duration FIRST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofSeconds(10);

  @Test
  void waitsDoubleUpToTheLongest() {
    Backoff backoff = new Backoff(FIRST, LONGEST, () -> 1);
    assertThat(IntStream.range(0, 9).mapToLong(i -> backoff.wait(i).toMillis()))
        .containsExactly(100L, 200L, 400L, 800L, 1600L, 3200L, 6400L, 10_000L, 10_000L);
    assertThat(backoff.wait(Integer.MAX_VALUE)).isEqualTo(LONGEST);
  }

  @Property(tries = 200)
  void aWaitIsARandomShareOfItsBound(
      @ForAll @DoubleRange(min = 0, max = 1, maxIncluded = false) double random,
      @ForAll @IntRange(max = 1000) int attempt) {
    Duration bound = new Backoff(FIRST, LONGEST, () -> 1).wait(attempt);
    Duration wait = new Backoff(FIRST, LONGEST, () -> random).wait(attempt);
    assertThat(wait.toNanos()).isEqualTo((long) (bound.toNanos() * random));
  }

  @Test
  void impossibleBoundsAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Backoff(Duration.ZERO, LONGEST, () -> 1))
        .withMessageContaining("first: PT0S (expected: > 0)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Backoff(LONGEST, FIRST, () -> 1))
        .withMessageContaining("longest: PT0.1S");
  }
}
