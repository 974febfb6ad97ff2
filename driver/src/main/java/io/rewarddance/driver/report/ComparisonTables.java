package io.rewarddance.driver.report;

import java.util.ArrayList;
import java.util.List;

/** The tables of a comparison. */
final class ComparisonTables {
  private final Comparison comparison;

  ComparisonTables(Comparison comparison) {
    this.comparison = comparison;
  }

  String differences() {
    List<String> names = comparison.names();
    return table(
        "largest difference from", names.subList(1, names.size()), comparison.differences());
  }

  String settings() {
    List<List<String>> rows = comparison.settings();
    return rows.isEmpty() ? "" : table("settings that differ", comparison.names(), rows);
  }

  String times() {
    return table("wall time", comparison.names(), comparison.times());
  }

  private static String table(String first, List<String> columns, List<List<String>> rows) {
    List<String> heads = new ArrayList<>(List.of(first));
    heads.addAll(columns);
    return Tables.table(heads, rows);
  }
}
