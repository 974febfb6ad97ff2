package io.rewarddance.driver.triton;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class EndpointPoolTest {
  private final Endpoint one = new Endpoint("one:1", null, null);
  private final Endpoint two = new Endpoint("two:1", null, null);
  private final EndpointPool pool = new EndpointPool(List.of(one, two));

  private static void took(Endpoint endpoint, String model, long millis) {
    endpoint.times().add(model, TimeUnit.MILLISECONDS.toNanos(millis));
  }

  private Endpoint chosen(Endpoint... avoided) {
    return pool.choose("m", Set.of(avoided));
  }

  @Test
  void ofEquallyQuickOnesTheLeastLoadedIsAsked() {
    one.outstanding().set(2);
    two.outstanding().set(1);
    assertThat(chosen()).isSameAs(two);
    took(one, "m", 40);
    took(two, "m", 40);
    assertThat(chosen()).isSameAs(two);
    two.outstanding().set(3);
    assertThat(chosen()).isSameAs(one);
  }

  @Test
  void aSlowOneIsAskedOnceTheQuickOneHasMoreToDoThanThat() {
    took(one, "m", 200);
    took(two, "m", 20);
    two.outstanding().set(8);
    assertThat(chosen()).isSameAs(two);
    two.outstanding().set(12);
    assertThat(chosen()).isSameAs(one);
  }

  @Test
  void howLongAnotherModelTakesSaysNothing() {
    took(one, "other", 1000);
    took(two, "m", 20);
    two.outstanding().set(1);
    assertThat(chosen()).isSameAs(one);
  }

  @Test
  void oneThatNeverAnsweredGetsItsChance() {
    took(one, "m", 20);
    assertThat(chosen()).isSameAs(two);
    two.outstanding().set(1);
    assertThat(chosen()).isSameAs(one);
  }

  @Test
  void differencesBelowAMillisecondDontCount() {
    one.times().add("m", 900_000);
    two.times().add("m", 100_000);
    two.outstanding().set(1);
    assertThat(chosen()).isSameAs(one);
  }

  @Test
  void healthAndWhatFailedBeforeComeFirst() {
    took(one, "m", 20);
    took(two, "m", 200);
    assertThat(chosen(one)).isSameAs(two);
    one.takeOut();
    assertThat(chosen()).isSameAs(two);
    assertThat(chosen(two)).isSameAs(two);
    two.takeOut();
    assertThat(chosen()).isSameAs(one);
  }
}
