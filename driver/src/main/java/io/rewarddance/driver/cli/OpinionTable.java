package io.rewarddance.driver.cli;

import io.rewarddance.driver.failure.Outcome;
import io.rewarddance.driver.format.Text;
import io.rewarddance.driver.judge.Opinion;
import io.rewarddance.driver.judge.Statement;
import io.rewarddance.rollout.Failure;
import io.rewarddance.rollout.YesProbability;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A judge's opinions for people, spreadsheets and programs. Numbers of CSV and JSON are as exact as
 * they came.
 *
 * @param pairs whether there was a reference
 */
record OpinionTable(List<Path> files, List<Opinion> opinions, boolean pairs) {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  String text() {
    int width = files.stream().mapToInt(file -> file.toString().length()).max().orElse(0);
    width = Math.max(width, "image".length());
    StringBuilder out = new StringBuilder(Text.format("%-" + width + "s  P(yes)    mass", "image"));
    out.append(pairs ? "  swapped    mass  both orders\n" : "\n");
    for (int i = 0; i < files.size(); i++) {
      Opinion opinion = opinions.get(i);
      out.append(Text.format("%-" + width + "s", files.get(i))).append(cells(opinion.forward()));
      opinion.swapped().ifPresent(other -> out.append(' ').append(cells(other)));
      if (pairs) {
        opinion.combined().value().ifPresent(c -> out.append(number(13, c.probability())));
      }
      out.append('\n');
      reasons(opinion).forEach(reason -> out.append("  reason: ").append(reason).append('\n'));
      failure(opinion).ifPresent(f -> out.append("  failed: ").append(f).append('\n'));
    }
    return out.toString();
  }

  private static String cells(Outcome<Statement> outcome) {
    Optional<YesProbability> answer = outcome.value().map(Statement::answer);
    return answer
        .map(a -> number(8, a.probability()) + number(8, a.mass()))
        .orElse("       -       -");
  }

  private static String number(int width, double value) {
    return Text.format("%" + width + ".4f", value);
  }

  private static List<String> reasons(Opinion opinion) {
    List<String> reasons = new ArrayList<>();
    opinion.forward().value().map(Statement::reason).ifPresent(reasons::add);
    opinion.swapped().flatMap(Outcome::value).map(Statement::reason).ifPresent(reasons::add);
    return reasons.stream().filter(reason -> !reason.isEmpty()).toList();
  }

  private static Optional<Failure> failure(Opinion opinion) {
    return opinion.combined().failure();
  }

  String csv() {
    List<Map<String, Object>> rows = rows();
    StringBuilder out = new StringBuilder(String.join(",", rows.get(0).keySet())).append("\n");
    for (Map<String, Object> row : rows) {
      out.append(row.values().stream().map(OpinionTable::cell).collect(Collectors.joining(",")))
          .append("\n");
    }
    return out.toString();
  }

  private static String cell(Object value) {
    String text = value == null ? "" : value.toString();
    return text.matches("(?s).*[\",\r\n].*") ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }

  String json() {
    return JSON.writeValueAsString(rows()) + "\n";
  }

  /** What lacks is null. */
  private List<Map<String, Object>> rows() {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      Opinion opinion = opinions.get(i);
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("image", files.get(i).toString());
      put(row, "", opinion.forward());
      if (pairs) {
        put(row, "swapped_", opinion.swapped().orElseThrow());
        Optional<YesProbability> both = opinion.combined().value();
        row.put("both_orders_p_yes", both.map(YesProbability::probability).orElse(null));
      }
      row.put("failure", failure(opinion).map(Failure::toString).orElse(null));
      rows.add(row);
    }
    return rows;
  }

  private static void put(Map<String, Object> row, String prefix, Outcome<Statement> outcome) {
    Optional<YesProbability> answer = outcome.value().map(Statement::answer);
    row.put(prefix + "p_yes", answer.map(YesProbability::probability).orElse(null));
    row.put(prefix + "mass", answer.map(YesProbability::mass).orElse(null));
    row.put(prefix + "yes_log_prob", answer.map(YesProbability::yesLogProb).orElse(null));
    row.put(prefix + "no_log_prob", answer.map(YesProbability::noLogProb).orElse(null));
    row.put(prefix + "reason", outcome.value().map(Statement::reason).orElse(null));
  }
}
