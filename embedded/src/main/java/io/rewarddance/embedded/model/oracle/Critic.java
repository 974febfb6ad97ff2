package io.rewarddance.embedded.model.oracle;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Says in a few words what is wrong with a picture: the first fault, or nothing. Only comparisons
 * of whole numbers decide, so that another implementation says the same.
 */
final class Critic {
  private static final int NONE = -1;

  private final Limits limits;
  private final Scorer scorer;

  Critic(Limits limits) {
    this.limits = limits;
    this.scorer = new Scorer(limits);
  }

  /**
   * In this order: an object that is missing, one of another shape or colour, one too many, a
   * relation that doesn't hold.
   *
   * @return such as {@code missing red circle}, {@code wrong red}, {@code extra square}, {@code
   *     wrong left}; empty when nothing is wrong
   */
  String finding(List<Found> objects, Spec spec) {
    int[] fill = spec.isAlike() ? alike(objects, spec) : pair(objects, spec);
    for (int slot = 0; slot < fill.length; slot++) {
      if (fill[slot] == NONE) {
        return "missing " + noun(spec.slots().get(slot));
      }
    }
    for (int slot = 0; slot < fill.length; slot++) {
      Slot wanted = spec.slots().get(slot);
      if (!shapeAgrees(objects.get(fill[slot]), wanted)) {
        return "wrong " + limits.shapes().get(wanted.shape());
      }
      if (!colourAgrees(objects.get(fill[slot]), wanted)) {
        return "wrong " + limits.colours().get(wanted.colour());
      }
    }
    if (objects.size() > fill.length) {
      return "extra " + limits.shapes().get(objects.get(firstLeft(objects.size(), fill)).shape());
    }
    return relationHolds(objects, spec, fill)
        ? ""
        : "wrong " + spec.relation().orElseThrow().words().split(" ")[0];
  }

  private String noun(Slot slot) {
    String shape = limits.shapes().get(slot.shape());
    return slot.hasColour() ? limits.colours().get(slot.colour()) + " " + shape : shape;
  }

  private static int firstLeft(int count, int... fill) {
    return IntStream.range(0, count)
        .filter(object -> IntStream.of(fill).noneMatch(taken -> taken == object))
        .findFirst()
        .orElseThrow();
  }

  /** Which object fills each of several equal slots: those that agree best, the first of equals. */
  private int[] alike(List<Found> objects, Spec spec) {
    Slot slot = spec.slots().get(0);
    List<Integer> best =
        IntStream.range(0, objects.size())
            .boxed()
            .sorted(Comparator.comparingInt(object -> -points(objects.get(object), slot)))
            .toList();
    return IntStream.range(0, spec.slots().size())
        .map(i -> i < best.size() ? best.get(i) : NONE)
        .toArray();
  }

  /** The same of two different slots; the relation counts as much as a colour. */
  private int[] pair(List<Found> objects, Spec spec) {
    int most = Math.min(2, objects.size());
    int[] best = {NONE, NONE};
    int bestPoints = -1;
    for (int first = NONE; first < objects.size(); first++) {
      for (int second = NONE; second < objects.size(); second++) {
        int filled = (first == NONE ? 0 : 1) + (second == NONE ? 0 : 1);
        if (filled < most || (first == second && first != NONE)) {
          continue;
        }
        int points = points(objects, spec, first, second);
        if (points > bestPoints) {
          best = new int[] {first, second};
          bestPoints = points;
        }
      }
    }
    return best;
  }

  private int points(List<Found> objects, Spec spec, int first, int second) {
    int points = 0;
    points += first == NONE ? 0 : points(objects.get(first), spec.slots().get(0));
    points += second == NONE ? 0 : points(objects.get(second), spec.slots().get(1));
    boolean both = first != NONE && second != NONE;
    return points + (both && relationHolds(objects, spec, first, second) ? 1 : 0);
  }

  private int points(Found object, Slot slot) {
    return (shapeAgrees(object, slot) ? 2 : 0) + (colourAgrees(object, slot) ? 1 : 0);
  }

  private boolean shapeAgrees(Found object, Slot slot) {
    return object.shape() == slot.shape() && scorer.fits(object);
  }

  private static boolean colourAgrees(Found object, Slot slot) {
    return !slot.hasColour() || object.colour() == slot.colour();
  }

  private boolean relationHolds(List<Found> objects, Spec spec, int... fill) {
    return spec.relation().isEmpty()
        || scorer.relation(spec.relation(), objects.get(fill[0]), objects.get(fill[1])).strict();
  }
}
