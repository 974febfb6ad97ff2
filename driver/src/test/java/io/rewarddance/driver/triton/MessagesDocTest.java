package io.rewarddance.driver.triton;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class MessagesDocTest {
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `.*$");

  @Test
  void operatorsFindEveryKindOfErrorInTheTablesOfMessages() throws IOException {
    Path page = Path.of(System.getProperty("rewarddance.root"), "docs", "on-your-triton.md");
    List<String> rows =
        ROW.matcher(Files.readString(page)).results().map(row -> row.group()).toList();
    assertThat(Arrays.stream(ErrorKind.values()).map(Enum::name))
        .allSatisfy(kind -> assertThat(rows).anyMatch(row -> row.contains(kind + " ...")));
  }
}
