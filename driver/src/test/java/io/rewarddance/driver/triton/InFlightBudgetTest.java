package io.rewarddance.driver.triton;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.rewarddance.driver.triton.InFlightBudget.Permit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class InFlightBudgetTest {
  private final InFlightBudget budget = new InFlightBudget(2, 100);

  @Test
  void requestsBeyondALanesShareWaitAndOtherLanesDoNot() {
    Permit first = budget.acquire("generator", 1).join();
    budget.acquire("generator", 1).join();
    CompletableFuture<Permit> third = budget.acquire("generator", 1);
    assertThat(third).isNotDone();
    assertThat(budget.acquire("judge", 1)).isDone();

    first.release();
    assertThat(third).isDone();
  }

  @Test
  void bytesAreBoundedOverAllLanes() {
    Permit first = budget.acquire("generator", 70).join();
    CompletableFuture<Permit> second = budget.acquire("judge", 31);
    assertThat(second).isNotDone();
    assertThat(budget.bytesInFlight()).isEqualTo(70);

    first.release();
    assertThat(second).isDone();
    assertThat(budget.bytesInFlight()).isEqualTo(31);
  }

  @Test
  void aRequestLargerThanTheBudgetGoesAlone() {
    Permit small = budget.acquire("a", 1).join();
    CompletableFuture<Permit> large = budget.acquire("b", 1000);
    CompletableFuture<Permit> late = budget.acquire("c", 1);
    assertThat(large).isNotDone();
    assertThat(late).as("nobody overtakes who waits for bytes").isNotDone();

    small.release();
    assertThat(large).isDone();
    assertThat(late).isNotDone();
    large.join().release();
    assertThat(late).isDone();
  }

  @Test
  void aCancelledWaiterGivesItsPlaceUp() {
    Permit first = budget.acquire("a", 100).join();
    CompletableFuture<Permit> given = budget.acquire("a", 100);
    CompletableFuture<Permit> next = budget.acquire("a", 100);
    given.cancel(true);

    first.release();
    assertThat(next).isDone();
    assertThat(budget.bytesInFlight()).isEqualTo(100);
  }

  @Test
  void aPermitIsReleasedOnce() {
    Permit permit = budget.acquire("a", 1).join();
    permit.release();
    assertThatIllegalStateException().isThrownBy(permit::release);
    assertThat(budget.bytesInFlight()).isZero();
  }

  @Test
  void manyWaitersThatEndAtOnceDontOverflowTheStack() {
    InFlightBudget narrow = new InFlightBudget(1, 1);
    AtomicInteger served = new AtomicInteger();
    Permit first = narrow.acquire("a", 1).join();
    for (int i = 0; i < 10_000; i++) {
      narrow
          .acquire("a", 1)
          .thenAccept(
              permit -> {
                served.incrementAndGet();
                permit.release();
              });
    }
    first.release();
    assertThat(served).hasValue(10_000);
  }

  /** Each grant once looked at all who wait for the same lane: here that would take minutes. */
  @Test
  @Timeout(20)
  void aLongQueueCostsNoMoreThanAShortOne() {
    InFlightBudget narrow = new InFlightBudget(1, 1000);
    AtomicInteger served = new AtomicInteger();
    Permit first = narrow.acquire("a", 1).join();
    for (int i = 0; i < 200_000; i++) {
      narrow
          .acquire("a", 1)
          .thenAccept(
              permit -> {
                served.incrementAndGet();
                permit.release();
              });
    }
    first.release();
    assertThat(served).hasValue(200_000);
  }

  @Test
  void aBoundBelowOneIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new InFlightBudget(0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new InFlightBudget(1, 0));
  }

  /** Whatever comes and goes: bounds hold, and in the end everybody was served. */
  @Property(tries = 300)
  void boundsHoldAndNobodyIsForgotten(
      @ForAll @Size(min = 1, max = 60) List<@IntRange(max = 150) Integer> sizes) {
    InFlightBudget narrow = new InFlightBudget(3, 100);
    List<CompletableFuture<Permit>> asked = new ArrayList<>();
    Deque<Integer> granted = new ArrayDeque<>();
    for (int i = 0; i < sizes.size(); i++) {
      int index = i;
      CompletableFuture<Permit> future = narrow.acquire("lane " + i % 2, sizes.get(i));
      future.thenRun(() -> granted.add(index));
      asked.add(future);
      if (i % 3 == 2) {
        releaseOldest(narrow, asked, granted, sizes);
      }
    }
    while (!granted.isEmpty()) {
      releaseOldest(narrow, asked, granted, sizes);
    }
    assertThat(asked).allMatch(CompletableFuture::isDone);
    assertThat(narrow.bytesInFlight()).isZero();
  }

  private static void releaseOldest(
      InFlightBudget budget,
      List<CompletableFuture<Permit>> asked,
      Deque<Integer> granted,
      List<Integer> sizes) {
    checkBounds(budget, granted, sizes);
    asked.get(granted.remove()).join().release();
    checkBounds(budget, granted, sizes);
  }

  private static void checkBounds(
      InFlightBudget budget, Deque<Integer> granted, List<Integer> sizes) {
    long bytes = granted.stream().mapToLong(sizes::get).sum();
    assertThat(budget.bytesInFlight()).isEqualTo(bytes);
    long nonEmpty = granted.stream().filter(i -> sizes.get(i) > 0).count();
    assertThat(bytes <= 100 || nonEmpty == 1).as("%s bytes in %s", bytes, granted).isTrue();
    for (int lane = 0; lane < 2; lane++) {
      int which = lane;
      assertThat(granted.stream().filter(i -> i % 2 == which)).hasSizeLessThanOrEqualTo(3);
    }
  }
}
