package io.rewarddance.embedded.model.oracle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every sentence of the shapes world over given shapes and colours, and what each asks for. */
final class Grammar {
  private static final int MAX_WORDS = 8;
  private static final Map<String, Integer> NUMBERS = Map.of("two", 2, "three", 3, "four", 4);

  private final List<String> shapes;
  private final List<String> colours;
  private final Map<String, Spec> specs = new HashMap<>();
  private final Sentences<Spec> sentences;

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
    sentences = new Sentences<>(specs, MAX_WORDS, "a red circle above a blue square");
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
    return sentences.parse(text);
  }
}
