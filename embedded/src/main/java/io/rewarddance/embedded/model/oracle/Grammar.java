package io.rewarddance.embedded.model.oracle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Every sentence of the shapes world over given shapes and colours, and what each asks for. */
final class Grammar {
  private static final int MAX_WORDS = 8;
  private static final Map<String, Integer> NUMBERS = Map.of("two", 2, "three", 3, "four", 4);
  private static final Pattern SPACE = Pattern.compile("(?U)\\s+");

  private final List<String> shapes;
  private final List<String> colours;
  private final Map<String, Spec> specs = new HashMap<>();
  private final Set<String> words = new HashSet<>();

  Grammar(List<String> shapes, List<String> colours) {
    this.shapes = shapes;
    this.colours = colours;
    List<Slot> plain = new ArrayList<>();
    List<Slot> coloured = new ArrayList<>();
    for (int shape = 0; shape < shapes.size(); shape++) {
      plain.add(new Slot(shape, Slot.ANY_COLOUR));
      for (int colour = 0; colour < colours.size(); colour++) {
        coloured.add(new Slot(shape, colour));
      }
    }
    for (List<Slot> slots : List.of(plain, coloured)) {
      slots.forEach(this::addAlike);
      slots.forEach(first -> slots.forEach(second -> addPair(first, second)));
    }
    specs.keySet().forEach(text -> words.addAll(List.of(text.split(" "))));
  }

  private void addAlike(Slot slot) {
    specs.put("a " + noun(slot), Spec.of(slot));
    NUMBERS.forEach(
        (word, count) -> {
          Slot[] slots = new Slot[count];
          Arrays.fill(slots, slot);
          specs.put(word + " " + noun(slot) + "s", Spec.of(slots));
        });
  }

  private void addPair(Slot first, Slot second) {
    if (first.equals(second)) {
      return;
    }
    if (!first.hasColour() || first.colour() != second.colour()) {
      specs.put("a " + noun(first) + " and a " + noun(second), Spec.of(first, second));
    }
    for (Relation relation : Relation.values()) {
      specs.put(
          "a " + noun(first) + " " + relation.words() + " a " + noun(second),
          new Spec(List.of(first, second), Optional.of(relation)));
    }
  }

  private String noun(Slot slot) {
    String shape = shapes.get(slot.shape());
    return slot.hasColour() ? colours.get(slot.colour()) + " " + shape : shape;
  }

  /**
   * @throws IllegalArgumentException naming the first unknown word, or the sentence
   */
  Spec parse(String text) {
    List<String> spoken =
        SPACE.splitAsStream(text.toLowerCase(Locale.ROOT)).filter(word -> !word.isEmpty()).toList();
    if (spoken.isEmpty() || spoken.size() > MAX_WORDS) {
      throw refused("%d words in \"%s\" (expected: 1 to %d)", spoken.size(), text, MAX_WORDS);
    }
    for (String word : spoken) {
      if (!words.contains(word)) {
        throw refused(
            "unknown word \"%s\" in \"%s\" (expected: words of the shapes world)", word, text);
      }
    }
    Spec spec = specs.get(String.join(" ", spoken));
    if (spec == null) {
      throw refused(
          "\"%s\" (expected: a sentence such as \"a red circle above a blue square\")", text);
    }
    return spec;
  }

  private static IllegalArgumentException refused(String form, Object... values) {
    return new IllegalArgumentException("prompt: " + form.formatted(values));
  }
}
