package io.rewarddance.rollout.preference;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.rewarddance.rollout.Image;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What can't be in a preference file, by column, row and value. */
class PreferenceSetTest {
  private static final List<Image> IMAGES = Sets.images(new Random(1), 3, 2, 2);
  private static final Preference GOOD = Preference.of("a cat", 0, 1, Choice.FIRST, "x");

  static List<Arguments> badPairs() {
    return List.of(
        bad("a cat", 3, 1, "x", "", -1, "first[1]: 3 (expected: 0 to 2, a row of images)"),
        bad("a cat", -1, 1, "x", "", -1, "first[1]: -1 (expected: 0 to 2, a row of images)"),
        bad("a cat", 0, 3, "x", "", -1, "second[1]: 3 (expected: 0 to 2, a row of images)"),
        bad("a cat", 2, 2, "x", "", -1, "second[1]: 2 (expected: another image than first)"),
        bad(
            "a cat",
            0,
            1,
            "x",
            "",
            3,
            "reference[1]: 3 (expected: -1 for none, or 0 to 2, a row of images)"),
        bad(
            "a cat",
            0,
            1,
            "x",
            "",
            -2,
            "reference[1]: -2 (expected: -1 for none, or 0 to 2, a row of images)"),
        bad(" ", 0, 1, "x", "", -1, "prompt[1]: \" \" (expected: text)"),
        bad("a cat", 0, 1, "", "", -1, "annotator[1]: \"\" (expected: who said so)"),
        bad(
            "a cat",
            0,
            1,
            "x",
            "a\0b",
            -1,
            "reason[1]: \"a\\0b\" (expected: text without NUL and unpaired surrogates)"));
  }

  private static Arguments bad(
      String prompt,
      int first,
      int second,
      String annotator,
      String reason,
      int reference,
      String message) {
    return Arguments.of(
        new Preference(prompt, first, second, Choice.FIRST, annotator, reason, reference, ""),
        message);
  }

  @ParameterizedTest
  @MethodSource("badPairs")
  void aBadPairIsNamed(Preference pair, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PreferenceSet(IMAGES, List.of(GOOD, pair)))
        .withMessage(message);
  }

  @Test
  void anUnpairedSurrogateIsRefusedAndAPairedOneIsNot() {
    new PreferenceSet(IMAGES, List.of(Preference.of("a 🔴", 0, 1, Choice.FIRST, "x")));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new PreferenceSet(
                    IMAGES, List.of(Preference.of("a \ud83d", 0, 1, Choice.FIRST, "x"))))
        .withMessageStartingWith("prompt[0]: ");
  }

  @Test
  void aSetHasImagesOfOneSizeAndPairs() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PreferenceSet(List.of(), List.of(GOOD)))
        .withMessage("images: 0 rows (expected: at least 1 image)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PreferenceSet(IMAGES, List.of()))
        .withMessage("prompt: 0 rows (expected: at least 1 pair)");
    List<Image> mixed = new ArrayList<>(IMAGES);
    mixed.addAll(Sets.images(new Random(2), 1, 2, 3));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PreferenceSet(mixed, List.of(GOOD)))
        .withMessage("images[3]: 2x3 (expected: 2x2, as the first)");
  }

  @Test
  void aNoteHasANameOfItsOwnAndARoomyLimit() {
    for (String name : List.of("format", "format_version", "", "a/b")) {
      assertThatIllegalArgumentException()
          .isThrownBy(
              () -> new PreferenceSet(IMAGES, List.of(GOOD), new TreeMap<>(Map.of(name, "x"))))
          .withMessageStartingWith("note: \"" + name + "\"");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new PreferenceSet(
                    IMAGES, List.of(GOOD), new TreeMap<>(Map.of("n", "x".repeat(40_000)))))
        .withMessage("notes: 40001 bytes (expected: at most 32768)");
  }
}
