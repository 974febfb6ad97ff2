package io.rewarddance.driver.config;

/**
 * Where a setting was written.
 *
 * @param source file name, or {@code --set a.b=c}
 * @param line from 1, or 0 when the source has no lines
 * @param column from 1, or 0 likewise
 */
record Origin(String source, int line, int column) implements Comparable<Origin> {
  static Origin option(String text) {
    return new Origin(text, 0, 0);
  }

  @Override
  public int compareTo(Origin other) {
    int bySource = Boolean.compare(line == 0, other.line == 0);
    int byLine = bySource != 0 ? bySource : Integer.compare(line, other.line);
    return byLine != 0 ? byLine : Integer.compare(column, other.column);
  }

  @Override
  public String toString() {
    return line == 0 ? source : source + ":" + line + ":" + column;
  }
}
