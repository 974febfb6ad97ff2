package io.rewarddance.driver.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewarddance.driver.conformance.KnownDifferences.Known;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The comparison must see each kind of difference, or a green suite says nothing. */
final class ComparisonTest {
  private static final Step STEP =
      new Step(Suite.JSON.readTree("{'name': 'step'}".replace('\'', '"')));
  private static final Step LAX =
      new Step(
          Suite.JSON.readTree(
              "{'name': 'step', 'ignore': ['message', 'state']}".replace('\'', '"')));

  private static Outcome answer(Map<String, Elements> tensors) {
    return new Outcome("OK", "", Suite.JSON.createObjectNode(), tensors);
  }

  private static Outcome answer(String fields) {
    return new Outcome("OK", "", Suite.JSON.readTree(fields.replace('\'', '"')), Map.of());
  }

  private static Elements numbers(double... values) {
    return new Elements(1, Arrays.stream(values).mapToObj(value -> (Object) value).toList());
  }

  private static Outcome refusal(String code, String message) {
    return new Outcome(code, message, Suite.JSON.createObjectNode(), Map.of());
  }

  private static List<String> places(Step step, Outcome ours, Outcome theirs) {
    return Comparison.of(step, List.of(ours), List.of(theirs)).stream()
        .map(Difference::where)
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "image, 9, 8, true",
    "image, 10, 8, false",
    "latents, 1.00009, 1, true",
    "latents, 1.0002, 1, false",
    "latents, NaN, 1, false",
    "log_probs, -1.00009, -1, true",
    "log_probs, -1.0002, -1, false",
    "sigmas, 0.9999999, 1, false"
  })
  void tensorsAreHeldToTheirTolerance(String name, double ours, double theirs, boolean same) {
    Outcome one = answer(Map.of(name, numbers(0, ours)));
    Outcome other = answer(Map.of(name, numbers(0, theirs)));
    assertThat(places(STEP, one, other).isEmpty()).isEqualTo(same);
  }

  @Test
  void pYesIsHeldCloserThanTheLogProbabilities() {
    Outcome one = answer(Map.of("yes_log_prob", numbers(-0.7), "no_log_prob", numbers(-0.7)));
    Outcome other =
        answer(Map.of("yes_log_prob", numbers(-0.69995), "no_log_prob", numbers(-0.70005)));
    assertThat(places(STEP, one, other)).containsExactly("P(yes)");
  }

  @Test
  void textsAndCountsMustBeEqual() {
    Outcome one = answer(Map.of("reason", new Elements(1, List.of("red"))));
    assertThat(places(STEP, one, answer(Map.of("reason", new Elements(1, List.of("blue"))))))
        .containsExactly("reason");
    assertThat(
            places(
                STEP, answer(Map.of("grain", numbers(1, 1))), answer(Map.of("grain", numbers(1)))))
        .containsExactly("grain");
  }

  @Test
  void aRecordThatHasEveryNthElementIsComparedWithThose() {
    double[] many = new double[250];
    many[3] = 1;
    Elements recorded =
        Elements.of(numbers(many).few().json(), io.rewarddance.proto.tensor.DataType.FP32);
    assertThat(recorded.every()).isEqualTo(3);
    assertThat(recorded.values()).hasSize(84);
    Outcome record = answer(Map.of("latents", recorded));
    assertThat(places(STEP, answer(Map.of("latents", numbers(many))), record)).isEmpty();
    assertThat(places(STEP, answer(Map.of("latents", numbers(new double[250]))), record))
        .containsExactly("latents");
  }

  @Test
  void statusMessageFieldsAndNumberOfAnswers() {
    assertThat(places(STEP, answer("{}"), refusal("NOT_FOUND", ""))).containsExactly("status");
    Outcome a = refusal("NOT_FOUND", "a");
    Outcome b = refusal("NOT_FOUND", "b");
    assertThat(places(STEP, a, b)).containsExactly("message");
    assertThat(places(LAX, a, b)).isEmpty();
    Outcome ready = answer("{'models': [{'name': 'm', 'state': 'READY'}]}");
    Outcome loading = answer("{'models': [{'name': 'm', 'state': 'LOADING'}]}");
    assertThat(places(STEP, ready, loading)).containsExactly("models[0].state");
    assertThat(places(LAX, ready, loading)).isEmpty();
    assertThat(places(STEP, ready, answer("{}"))).containsExactly("models");
    assertThat(places(STEP, ready, answer("{'models': []}"))).containsExactly("models");
    assertThat(Comparison.of(STEP, List.of(), List.of(ready)))
        .extracting(Difference::where)
        .containsExactly("number of answers");
  }

  @Test
  void aKnownDifferenceCoversItsPlaceOnly() {
    Difference longer = new Difference("load x", "message", "failed: no file", "failed");
    assertThat(new Known("load x", false).covers(longer)).isTrue();
    assertThat(new Known("load x: message", true).covers(longer)).isTrue();
    assertThat(new Known("load x: status", false).covers(longer)).isFalse();
    assertThat(new Known("load", false).covers(longer)).isFalse();
    Difference other = new Difference("load x", "message", "refused", "failed");
    assertThat(new Known("load x: message", true).covers(other)).isFalse();
  }

  @Test
  void anUnknownDifferenceIsOne() {
    Difference fresh = new Difference("live", "status", "OK", "UNAVAILABLE");
    KnownDifferences known = new KnownDifferences();
    assertThat(known.unknown(List.of(fresh))).containsExactly(fresh);
    assertThat(known.gone(List.of(fresh))).isNotEmpty();
  }
}
