package io.rewarddance.embedded.model.oracle;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** How well the objects found are what a prompt asks for. */
final class Scorer {
  private static final Score NOTHING = new Score(false, 0);

  private final Limits limits;

  Scorer(Limits limits) {
    this.limits = limits;
  }

  Score score(List<Found> objects, Spec spec) {
    if (objects.isEmpty()) {
      return NOTHING;
    }
    return spec.isAlike() ? alike(objects, spec) : pair(objects, spec);
  }

  /** Whether an object is clearly of some shape. */
  boolean fits(Found object) {
    return object.iou(object.shape()) >= limits.iou();
  }

  /** One slot, or several equal ones. */
  private Score alike(List<Found> objects, Spec spec) {
    int wanted = spec.slots().size();
    List<Score> matches = matches(objects, spec.slots().get(0));
    double best =
        matches.stream()
            .map(Score::graded)
            .sorted(Comparator.reverseOrder())
            .limit(wanted)
            .reduce(0.0, Double::sum);
    boolean strict = objects.size() == wanted && matches.stream().allMatch(Score::strict);
    return new Score(strict, best / Math.max(wanted, objects.size()));
  }

  /** Two different slots: the best ordered pair of objects. */
  private Score pair(List<Found> objects, Spec spec) {
    List<Score> first = matches(objects, spec.slots().get(0));
    List<Score> second = matches(objects, spec.slots().get(1));
    if (objects.size() == 1) {
      double half = Math.max(first.get(0).graded(), second.get(0).graded()) / 2;
      return new Score(false, spec.relation().isPresent() ? half * limits.relationBase() : half);
    }
    boolean strict = false;
    double graded = 0;
    for (int i = 0; i < objects.size(); i++) {
      for (int j = 0; j < objects.size(); j++) {
        if (i != j) {
          Score relation = relation(spec.relation(), objects.get(i), objects.get(j));
          boolean good = first.get(i).strict() && second.get(j).strict() && relation.strict();
          double both = (first.get(i).graded() + second.get(j).graded()) / objects.size();
          strict |= good && objects.size() == 2;
          graded = Math.max(graded, both * relation.graded());
        }
      }
    }
    return new Score(strict, graded);
  }

  /** Whether nothing is shown but one object that fills a slot. */
  Score only(List<Found> objects, Slot slot) {
    if (objects.isEmpty()) {
      return NOTHING;
    }
    List<Score> matches = matches(objects, slot);
    double best = matches.stream().mapToDouble(Score::graded).max().orElseThrow();
    return new Score(objects.size() == 1 && matches.get(0).strict(), best / objects.size());
  }

  private List<Score> matches(List<Found> objects, Slot slot) {
    return objects.stream().map(object -> match(object, slot)).toList();
  }

  private Score match(Found object, Slot slot) {
    boolean good = object.shape() == slot.shape() && fits(object);
    double shape = shapeScore(object, slot.shape());
    if (!slot.hasColour()) {
      return new Score(good, shape);
    }
    boolean agrees = object.colour() == slot.colour();
    return new Score(good && agrees, 0.5 * shape + (agrees ? 0.5 : 0));
  }

  /** How clearly an object is of this shape and of no other. */
  private double shapeScore(Found object, int shape) {
    double margin = object.iou(shape) - object.bestOther(shape);
    double clear = 1 / (1 + StrictMath.exp(-margin / limits.shapeSoftness()));
    return clear * Cover.clip01((object.iou(shape) - limits.shapeFloor()) / limits.shapeSpan());
  }

  /** Whether the relation holds, and what share of the score is left; no relation always holds. */
  Score relation(Optional<Relation> relation, Found first, Found second) {
    if (relation.isEmpty()) {
      return new Score(true, 1);
    }
    double along = relation.get().along(first, second);
    double across = relation.get().across(first, second);
    double nearness =
        Cover.clip01(along / limits.relationFull())
            * Cover.clip01(limits.relationSlack() - across / Math.max(along, 1e-3));
    return new Score(
        along > limits.relationMin() && along > across,
        limits.relationBase() + (1 - limits.relationBase()) * nearness);
  }
}
