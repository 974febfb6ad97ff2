package io.rewarddance.driver.model;

import java.util.List;

/**
 * The shape that a contract asks for, without the batch dimension.
 *
 * @param text as in {@code [H,W,3]}: a number is that size, a letter any size; {@code ...} at the
 *     end is one dimension or more
 */
public record Dimensions(String text) {
  private static final String REST = "...";

  /** Whether a tensor of these dimensions has it; -1, which a server says of any size, may. */
  boolean accepts(List<Long> dimensions) {
    List<String> wanted = List.of(text.substring(1, text.length() - 1).split(","));
    int last = wanted.size() - 1;
    boolean open = wanted.get(last).equals(REST);
    if (open ? dimensions.size() < wanted.size() : dimensions.size() != wanted.size()) {
      return false;
    }
    for (int i = 0; i < (open ? last : wanted.size()); i++) {
      if (!accepts(wanted.get(i), dimensions.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean accepts(String wanted, long found) {
    boolean fixed = Character.isDigit(wanted.charAt(0));
    return !fixed || found < 0 || found == Long.parseLong(wanted);
  }

  /** With the batch as the first dimension. */
  String ofRows(int rows) {
    return "[" + rows + "," + text.substring(1);
  }

  /** With the batch as the first dimension, and a number in place of what was the first. */
  String ofRows(int rows, long length) {
    return "[" + rows + "," + text.replaceFirst("\\[[^,\\]]+", String.valueOf(length));
  }

  @Override
  public String toString() {
    return text;
  }
}
