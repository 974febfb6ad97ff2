package io.rewarddance.driver.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** What differs between two servers' answers to one step. */
final class Comparison {
  private static final String P_YES = "P(yes)";
  private static final JsonNode TOLERANCES = Suite.file("tolerances.json");

  private final Step step;
  private final List<Difference> found = new ArrayList<>();

  private Comparison(Step step) {
    this.step = step;
  }

  /**
   * @param theirs the reference
   */
  static List<Difference> of(Step step, List<Outcome> ours, List<Outcome> theirs) {
    Comparison comparison = new Comparison(step);
    if (ours.size() == theirs.size()) {
      for (int i = 0; i < ours.size(); i++) {
        comparison.outcomes(ours.get(i), theirs.get(i));
      }
    } else {
      comparison.differ("number of answers", ours.size(), theirs.size());
    }
    return comparison.found;
  }

  private void outcomes(Outcome ours, Outcome theirs) {
    if (!ours.code().equals(theirs.code())) {
      differ("status", ours.code() + " " + ours.message(), theirs.code() + " " + theirs.message());
      return;
    }
    int before = found.size();
    if (!ours.message().equals(theirs.message()) && !step.ignored().contains("message")) {
      differ("message", ours.message(), theirs.message());
    }
    fields("", ours.fields(), theirs.fields());
    if (found.size() == before) {
      tensors(ours.tensors(), theirs.tensors());
    }
  }

  private void fields(String path, JsonNode ours, JsonNode theirs) {
    if (ours.isObject() && theirs.isObject()) {
      Set<String> names = new TreeSet<>(ours.propertyNames());
      names.addAll(theirs.propertyNames());
      names.removeAll(step.ignored());
      for (String name : names) {
        fields(path.isEmpty() ? name : path + "." + name, ours.path(name), theirs.path(name));
      }
    } else if (ours.isArray() && theirs.isArray() && ours.size() == theirs.size()) {
      for (int i = 0; i < ours.size(); i++) {
        fields(path + "[" + i + "]", ours.get(i), theirs.get(i));
      }
    } else if (!ours.equals(theirs)) {
      differ(path, ours, theirs);
    }
  }

  private void tensors(Map<String, Elements> ours, Map<String, Elements> theirs) {
    ours.forEach((name, elements) -> tensor(name, elements, theirs.get(name)));
    if (ours.containsKey("yes_log_prob") && ours.containsKey("no_log_prob")) {
      double distance = 0;
      for (int i = 0; i < ours.get("yes_log_prob").values().size(); i++) {
        distance = further(distance, pYes(ours, i) - pYes(theirs, i));
      }
      within(P_YES, distance);
    }
  }

  private void tensor(String name, Elements ours, Elements theirs) {
    Elements mine = theirs.every() > ours.every() ? ours.every(theirs.every()) : ours;
    if (mine.values().size() != theirs.values().size()) {
      differ(name, mine.values().size() + " elements", theirs.values().size() + " elements");
    } else if (mine.areNumbers()) {
      double distance = 0;
      for (int i = 0; i < mine.values().size(); i++) {
        distance = further(distance, mine.number(i) - theirs.number(i));
      }
      within(name, distance);
    } else if (!mine.values().equals(theirs.values())) {
      differ(name, mine.values(), theirs.values());
    }
  }

  /** A NaN stays. */
  private static double further(double distance, double difference) {
    return Math.max(distance, Math.abs(difference));
  }

  private void within(String name, double distance) {
    double tolerance = TOLERANCES.path(name).asDouble(0);
    if (!(distance <= tolerance)) {
      differ(name, "up to " + distance + " apart", "at most " + tolerance);
    }
  }

  private static double pYes(Map<String, Elements> tensors, int row) {
    double yes = Math.exp(tensors.get("yes_log_prob").number(row));
    return yes / (yes + Math.exp(tensors.get("no_log_prob").number(row)));
  }

  private void differ(String where, Object ours, Object theirs) {
    found.add(Difference.of(step, where, ours, theirs));
  }
}
