package io.rewarddance.embedded.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpanTest {
  private static final Schedule SCHEDULE = Schedule.shifted(6, 2);

  @Test
  void withoutAnySettingItIsTheWholeSchedule() {
    Span span = span(false, null, null, null);
    assertThat(span).isEqualTo(Span.whole(SCHEDULE));
    assertThat(span.stopsEarly()).isFalse();
    assertThat(span.renoising()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "true,  ,  ,  , 0, 0, 6", // a state of the caller's own at sigma 1
    "false, 0,  ,  , 0, 0, 6",
    "false, ,  , 1, 0, 0, 1",
    "true, 5,  ,  , 5, 5, 6",
    "true, 3,  , 4, 3, 3, 4",
    "true, 3, 3,  , 3, 3, 6",
    "true, 3, 0,  , 3, 0, 6",
    "true, 6, 5,  , 6, 5, 6", // a clean image, noised a little
    "true, 6, 2, 3, 6, 2, 3",
  })
  void takesWhatIsGivenAndDefaultsElse(
      boolean latent,
      Integer start,
      Integer renoise,
      Integer stop,
      int latentStep,
      int begin,
      int end) {
    assertThat(span(latent, start, renoise, stop))
        .isEqualTo(new Span(SCHEDULE, latentStep, begin, end));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "false | 1  |    |    | start_step: 1 (expected: 0 without start_latent)",
        "false |    | 0  |    | renoise_step: 0 (expected: absent without start_latent)",
        "true  | -1 |    |    | start_step: -1 (expected: 0 to 5 with steps 6)",
        "true  | 6  |    |    | start_step: 6 (expected: 0 to 5 with steps 6)",
        "true  | 7  | 0  |    | start_step: 7 (expected: 0 to 6 with steps 6)",
        "true  | 6  | 6  |    | renoise_step: 6 (expected: 0 to 5 with steps 6)",
        "true  | 3  | 4  |    | renoise_step: 4 (expected: 0 to 3 with steps 6)",
        "true  | 3  | -1 |    | renoise_step: -1 (expected: 0 to 3 with steps 6)",
        "false |    |    | 0  | stop_step: 0 (expected: 1 to 6 with steps 6)",
        "false |    |    | 7  | stop_step: 7 (expected: 1 to 6 with steps 6)",
        "true  | 3  |    | 3  | stop_step: 3 (expected: 4 to 6 with steps 6)",
        "true  | 3  | 1  | 1  | stop_step: 1 (expected: 2 to 6 with steps 6)",
      })
  void refusesStepsOutOfOrder(
      boolean latent, Integer start, Integer renoise, Integer stop, String text) {
    assertThatThrownBy(() -> span(latent, start, renoise, stop))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(text);
  }

  @Test
  void aWindowLiesInTheStepsThatAreTaken() {
    Span span = span(true, 2, null, 4);
    span.requireWindow(0, 0);
    span.requireWindow(2, 2);
    assertThatThrownBy(() -> span.requireWindow(1, 2))
        .hasMessage(
            "sde_start: 1 with sde_steps 2 (expected: a window in the steps taken, 2 to 3)");
    assertThatThrownBy(() -> span.requireWindow(3, 2))
        .hasMessage(
            "sde_start: 3 with sde_steps 2 (expected: a window in the steps taken, 2 to 3)");
  }

  private static Span span(boolean latent, Integer start, Integer renoise, Integer stop) {
    return Span.of(SCHEDULE, latent, of(start), of(renoise), of(stop));
  }

  private static OptionalInt of(Integer value) {
    return value == null ? OptionalInt.empty() : OptionalInt.of(value);
  }
}
