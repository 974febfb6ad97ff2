package io.rewarddance.driver.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import io.rewarddance.driver.loop.StageNames;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class StageClockTest {
  /** First to last: who gets the time when several are at work. */
  private static final List<String> ORDER =
      List.of("paused", "evaluate", "generate", "judge", "update", "publish", "store", "start");

  private long now = 5_000_000_000L;
  private final StageClock clock = new StageClock(() -> now);

  private void pass(double seconds) {
    now += Math.round(seconds * 1e9);
  }

  @Test
  void timeBelongsToTheStageAtWorkAndElseToTheDriver() {
    pass(1);
    String answer =
        clock.during(
            StageNames.STORE,
            () -> {
              pass(2);
              return "written";
            });
    pass(4);
    assertThat(answer).isEqualTo("written");
    assertThat(clock.lap())
        .containsExactly(entry("driver", 5.0), entry("store", 2.0), entry("total", 7.0));
  }

  @Test
  void aFutureCountsUntilItIsDoneHoweverItEnds() {
    CompletableFuture<String> images = new CompletableFuture<>();
    assertThat(clock.during(StageNames.GENERATE, images)).isSameAs(images);
    pass(3);
    images.completeExceptionally(new IllegalStateException("no images"));
    pass(1);
    assertThat(clock.lap())
        .containsExactly(entry("driver", 1.0), entry("generate", 3.0), entry("total", 4.0));
    clock.during(StageNames.GENERATE, CompletableFuture.completedFuture("at once"));
    pass(1);
    assertThat(clock.lap()).containsEntry("driver", 1.0);
  }

  @Test
  void aCallThatFailsIsOverToo() {
    assertThatThrownBy(
            () ->
                clock.during(
                    StageNames.UPDATE,
                    () -> {
                      pass(1);
                      throw new IllegalStateException("no update");
                    }))
        .hasMessage("no update");
    pass(2);
    assertThat(clock.lap()).containsEntry("update", 1.0).containsEntry("driver", 2.0);
  }

  /** Judging starts as images arrive: only what generation doesn't cover is the judge's. */
  @Test
  void overlapsGoToTheGenerator() {
    CompletableFuture<Void> images = clock.during("generate", new CompletableFuture<>());
    CompletableFuture<Void> more = clock.during("generate", new CompletableFuture<>());
    pass(1);
    CompletableFuture<Void> answers = clock.during("judge", new CompletableFuture<>());
    pass(2);
    images.complete(null);
    pass(4);
    more.complete(null);
    pass(8);
    answers.complete(null);
    pass(16);
    assertThat(clock.lap())
        .containsExactly(
            entry("driver", 16.0),
            entry("generate", 7.0),
            entry("judge", 8.0),
            entry("total", 31.0));
  }

  @Test
  void everyStageGoesBeforeThoseAfterIt() {
    for (int first = 0; first < ORDER.size(); first++) {
      for (int second = first + 1; second < ORDER.size(); second++) {
        CompletableFuture<Void> low = clock.during(ORDER.get(second), new CompletableFuture<>());
        CompletableFuture<Void> high = clock.during(ORDER.get(first), new CompletableFuture<>());
        pass(1);
        assertThat(clock.lap())
            .as("%s and %s", ORDER.get(first), ORDER.get(second))
            .containsEntry(ORDER.get(first), 1.0)
            .containsEntry("total", 1.0);
        low.complete(null);
        high.complete(null);
      }
    }
  }

  @Test
  void aLapEndsWhereTheNextBegins() {
    CompletableFuture<Void> images = clock.during("generate", new CompletableFuture<>());
    pass(1);
    assertThat(clock.lap()).containsEntry("generate", 1.0).containsEntry("total", 1.0);
    pass(2);
    images.complete(null);
    assertThat(clock.lap()).containsEntry("generate", 2.0).containsEntry("total", 2.0);
    assertThat(clock.lap()).containsEntry("total", 0.0);
  }

  @Property(tries = 200)
  void partsAddUpToTheTotal(
      @ForAll @Size(max = 40) List<@IntRange(max = 15) Integer> events,
      @ForAll @Size(value = 40) List<@IntRange(max = 2_000_000_000) Integer> waits) {
    long[] time = {0};
    StageClock any = new StageClock(() -> time[0]);
    List<CompletableFuture<Void>> open = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      if (events.get(i) < ORDER.size()) {
        open.add(any.during(ORDER.get(events.get(i)), new CompletableFuture<>()));
      } else if (!open.isEmpty()) {
        open.remove(events.get(i) % open.size()).complete(null);
      }
      time[0] += waits.get(i);
    }
    SortedMap<String, Double> seconds = any.lap();
    double total = seconds.remove("total");
    assertThat(total).isEqualTo(time[0] / 1e9, within(1e-9));
    double parts = seconds.values().stream().mapToDouble(Double::doubleValue).sum();
    assertThat(parts).isEqualTo(total, within(1e-6));
  }

  @Test
  void anUnknownStageIsNotTheDrivers() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> clock.during("dreaming", () -> "zzz"))
        .withMessageContaining("stage: dreaming (expected: one of [paused, ");
  }
}
