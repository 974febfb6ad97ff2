package io.rewarddance.driver.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The tables of {@code docs/contracts.md} say what the program checks. */
final class ContractsDocTest {
  private static final Path PAGE =
      Path.of(System.getProperty("rewarddance.root"), "docs", "contracts.md");
  private static final Pattern NAME = Pattern.compile("`([a-z_]+)`");

  static Stream<Arguments> sections() {
    return Stream.of(
        Arguments.of("Generator", Contracts.GENERATOR),
        Arguments.of("Judge", Contracts.POINTWISE_JUDGE),
        Arguments.of("Oracle (optional)", Contracts.ORACLE),
        Arguments.of("Style model (optional)", Contracts.STYLE),
        Arguments.of("Critic (optional)", Contracts.CRITIC));
  }

  @ParameterizedTest
  @MethodSource("sections")
  void tablesAndChecksAgree(String section, Contract contract) throws IOException {
    String page = Files.readString(PAGE);
    String text = page.split("\n## " + Pattern.quote(section) + "\n")[1].split("\n## ")[0];
    String[] tables = text.split("\\| output \\|");
    assertThat(tables).hasSize(2);
    assertThat(rows(tables[0])).isEqualTo(rules(contract.inputs()));
    assertThat(rows(tables[1])).isEqualTo(rules(contract.outputs()));
  }

  /** Type and shape, and whether it is optional, by name; a row may have several names. */
  private static Map<String, String> rows(String table) {
    Map<String, String> rows = new LinkedHashMap<>();
    for (String line : table.split("\n")) {
      String[] cells = line.split("\\|");
      Matcher names = NAME.matcher(line.startsWith("| `") ? cells[1] : "");
      while (names.find()) {
        rows.put(names.group(1), cells[2].replace(" each", "").strip());
      }
    }
    return rows;
  }

  private static Map<String, String> rules(List<TensorRule> rules) {
    Map<String, String> all = new LinkedHashMap<>();
    for (TensorRule rule : rules) {
      all.put(rule.name(), rule.expected() + (rule.required() ? "" : ", optional"));
    }
    return all;
  }
}
