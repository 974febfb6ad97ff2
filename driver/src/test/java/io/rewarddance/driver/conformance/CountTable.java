package io.rewarddance.driver.conformance;

import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Counts by row and column, as a table of a Markdown page. */
final class CountTable {
  private final String corner;
  private final Map<String, Map<String, Integer>> rows = new TreeMap<>();

  CountTable(String corner) {
    this.corner = corner;
  }

  void count(String row, String column) {
    rows.computeIfAbsent(row, name -> new TreeMap<>()).merge(column, 1, Integer::sum);
  }

  @Override
  public String toString() {
    SortedSet<String> columns = new TreeSet<>();
    rows.values().forEach(row -> columns.addAll(row.keySet()));
    StringBuilder text = new StringBuilder("| " + corner + " | all |");
    columns.forEach(column -> text.append(' ').append(column).append(" |"));
    text.append("\n|---|--:|").append("--:|".repeat(columns.size())).append('\n');
    rows.forEach(
        (name, row) -> {
          int all = row.values().stream().mapToInt(Integer::intValue).sum();
          text.append("| ").append(name).append(" | ").append(all).append(" |");
          columns.forEach(
              column ->
                  text.append(' ')
                      .append(row.containsKey(column) ? row.get(column) : "")
                      .append(" |"));
          text.append('\n');
        });
    return text.toString();
  }
}
