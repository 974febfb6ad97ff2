package io.rewarddance.driver.config;

import java.util.ArrayList;
import java.util.List;

/** Key paths such as {@code judges[0].reference.keep}. */
final class Paths {
  private Paths() {}

  static String child(String parent, String key) {
    return parent.isEmpty() ? key : parent + "." + key;
  }

  static String child(String parent, int index) {
    return parent + "[" + index + "]";
  }

  /** The path one step up, empty at the top. */
  static String parent(String path) {
    return path.substring(0, Math.max(0, Math.max(path.lastIndexOf('.'), path.lastIndexOf('['))));
  }

  /** The last step: a key, or an index without its brackets. */
  static String last(String path) {
    return path.substring(parent(path).length()).replaceAll("[.\\[\\]]", "");
  }

  /** The steps, indices as digits; {@code judges.0.weight} is understood as well. */
  static List<String> steps(String path) {
    List<String> steps = new ArrayList<>();
    for (String step : path.replace("[", ".").replace("]", "").split("\\.", -1)) {
      steps.add(step);
    }
    return steps;
  }
}
