package io.rewarddance.driver.config;

import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * A tree of settings that knows where each of them was written. Paths look like {@code
 * judges[0].weight}.
 */
final class Document {
  private final ObjectNode root;
  private final Origin start;
  private final Map<String, Origin> keys = new HashMap<>();
  private final Map<String, Origin> values = new HashMap<>();

  Document(ObjectNode root, Origin start) {
    this.root = root;
    this.start = start;
  }

  ObjectNode root() {
    return root;
  }

  void mark(String path, Origin key, Origin value) {
    keys.put(path, key);
    values.put(path, value);
  }

  /** Forgets what was written below this path, because something else takes its place. */
  void forgetBelow(String path) {
    keys.keySet().removeIf(key -> key.startsWith(path + ".") || key.startsWith(path + "["));
    values.keySet().removeIf(key -> key.startsWith(path + ".") || key.startsWith(path + "["));
  }

  /** Where the key of this setting was written, or else the nearest thing around it. */
  Origin key(String path) {
    return nearest(keys, path);
  }

  /** Where the value of this setting was written, or else the nearest thing around it. */
  Origin value(String path) {
    return nearest(values, path);
  }

  /** Whether the setting was written, and not filled in. */
  boolean written(String path) {
    return keys.containsKey(path);
  }

  private Origin nearest(Map<String, Origin> marks, String path) {
    for (String at = path; !at.isEmpty(); at = Paths.parent(at)) {
      Origin origin = marks.get(at);
      if (origin != null) {
        return origin;
      }
    }
    return start;
  }
}
