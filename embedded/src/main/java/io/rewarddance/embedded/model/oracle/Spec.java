package io.rewarddance.embedded.model.oracle;

import java.util.List;
import java.util.Optional;

/** What a prompt asks for: its objects, and the relation of the first to the second. */
record Spec(List<Slot> slots, Optional<Relation> relation) {
  Spec {
    slots = List.copyOf(slots);
  }

  static Spec of(Slot... slots) {
    return new Spec(List.of(slots), Optional.empty());
  }

  boolean isColourless() {
    return slots.stream().noneMatch(Slot::hasColour);
  }

  /** Whether it asks for one object, or several that are the same. */
  boolean isAlike() {
    return slots.stream().distinct().count() == 1;
  }
}
