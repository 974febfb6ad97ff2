package io.rewarddance.embedded.model.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rewarddance.embedded.model.ExecutionPool;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunQueueTest {
  private static final int PLACES = 8;

  private final ExecutionPool one = new ExecutionPool(1);
  private final CountDownLatch gate = new CountDownLatch(1);
  private final List<String> runs = Collections.synchronizedList(new ArrayList<>());

  /** A row of a call that needs so many runs. */
  private static final class Item implements RunQueue.Row {
    private final String call;
    private final AtomicInteger left;
    private volatile boolean cancelled;

    Item(String call, int runs) {
      this.call = call;
      this.left = new AtomicInteger(runs);
    }

    @Override
    public boolean needsRun() {
      return left.get() > 0 && !cancelled;
    }
  }

  @AfterEach
  void close() {
    one.close();
  }

  private static List<Item> call(String name, int rows, int runs) {
    return IntStream.range(0, rows).mapToObj(any -> new Item(name, runs)).toList();
  }

  /** Notes which calls' rows were together, as "aaab". */
  private void note(List<Item> rows) {
    StringBuilder run = new StringBuilder();
    for (Item row : rows) {
      row.left.decrementAndGet();
      run.append(row.call);
    }
    runs.add(run.toString());
  }

  /** Keeps the only worker busy until the gate opens. */
  private RunQueue<Item> gated(Consumer<List<Item>> run) {
    one.execute(() -> await(gate));
    return new RunQueue<>(one, PLACES, run);
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(10, TimeUnit.SECONDS)) {
        throw new IllegalStateException("nobody opened");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void join(List<CompletableFuture<Void>> ends) {
    ends.forEach(end -> end.orTimeout(10, TimeUnit.SECONDS).join());
  }

  @Test
  void callsThatCameApartFillRunsTogetherAndTheOldestEndFirst() {
    RunQueue<Item> queue = gated(this::note);
    List<CompletableFuture<Void>> ends = new ArrayList<>();
    for (String name : List.of("a", "b", "c")) {
      ends.addAll(queue.add(List.of(call(name, 6, 2))));
    }
    gate.countDown();
    join(ends);
    assertThat(runs).containsExactly("aaaaaabb", "aaaaaabb", "bbbbcccc", "bbbbcccc", "cc", "cc");
  }

  @Test
  void aCallJoinsOneThatIsUnderWay() {
    CountDownLatch started = new CountDownLatch(1);
    RunQueue<Item> queue =
        new RunQueue<>(
            one,
            PLACES,
            rows -> {
              started.countDown();
              await(gate);
              note(rows);
            });
    List<CompletableFuture<Void>> first = queue.add(List.of(call("a", 6, 2)));
    await(started);
    List<CompletableFuture<Void>> second = queue.add(List.of(call("b", 2, 1)));
    gate.countDown();
    join(first);
    join(second);
    assertThat(runs).containsExactly("aaaaaa", "aaaaaabb");
  }

  @Test
  void aCallEndsBeforeItsNeighboursThatNeedMoreRuns() {
    List<Item> brief = call("a", 1, 1);
    List<Item> longer = call("b", 1, 3);
    CompletableFuture<Integer> leftOfLonger = new CompletableFuture<>();
    RunQueue<Item> queue = gated(this::note);
    List<CompletableFuture<Void>> ends = queue.add(List.of(longer, brief));
    ends.get(1).thenRun(() -> leftOfLonger.complete(longer.get(0).left.get()));
    gate.countDown();
    join(ends);
    assertThat(leftOfLonger.join()).isEqualTo(2);
    assertThat(runs).containsExactly("ba", "b", "b");
  }

  @Test
  void rowsThatNobodyWaitsForTakeNoPlace() {
    List<Item> cancelled = call("a", PLACES, 1);
    RunQueue<Item> queue = gated(this::note);
    List<CompletableFuture<Void>> ends = queue.add(List.of(cancelled, call("b", PLACES, 1)));
    cancelled.forEach(row -> row.cancelled = true);
    gate.countDown();
    join(ends);
    assertThat(runs).containsExactly("b".repeat(PLACES));
  }

  @Test
  void whatARunThrowsFailsTheCallsInItOnceTheyAreOutOfLine() {
    List<Item> broken = call("a", PLACES + 1, 1);
    RunQueue<Item> queue =
        gated(
            rows -> {
              if (rows.contains(broken.get(0))) {
                throw new IllegalStateException("a bug");
              }
              note(rows);
            });
    List<CompletableFuture<Void>> ends = queue.add(List.of(broken, call("b", PLACES, 1)));
    gate.countDown();
    assertThatThrownBy(() -> join(ends.subList(0, 1)))
        .isInstanceOf(CompletionException.class)
        .hasRootCauseMessage("a bug");
    join(ends.subList(1, 2));
    assertThat(runs).containsExactly("b".repeat(PLACES));
  }

  @Test
  void aClosedPoolFailsWhatIsInLine() {
    one.close();
    RunQueue<Item> queue = new RunQueue<>(one, PLACES, this::note);
    assertThatThrownBy(() -> join(queue.add(List.of(call("a", 2, 1)))))
        .hasCauseInstanceOf(RejectedExecutionException.class);
  }

  @ParameterizedTest
  @CsvSource({"1, 8", "2, 8", "3, 1", "4, 5"})
  void everyRowGetsItsRunsOnAsManyThreadsAsThereAre(int threads, int places) {
    AtomicInteger atOnce = new AtomicInteger();
    AtomicInteger mostAtOnce = new AtomicInteger();
    List<Item> all = new ArrayList<>();
    try (ExecutionPool pool = new ExecutionPool(threads)) {
      RunQueue<Item> queue =
          new RunQueue<>(
              pool,
              places,
              rows -> {
                mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
                assertThat(rows).hasSizeBetween(1, places).doesNotHaveDuplicates();
                rows.forEach(row -> row.left.decrementAndGet());
                atOnce.decrementAndGet();
              });
      List<CompletableFuture<Void>> ends = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        List<Item> rows = call("a", 1 + i % 7, 1 + i % 5);
        all.addAll(rows);
        ends.addAll(queue.add(List.of(rows)));
      }
      join(ends);
    }
    assertThat(all).allMatch(row -> row.left.get() == 0);
    assertThat(mostAtOnce.get()).isLessThanOrEqualTo(threads);
  }
}
