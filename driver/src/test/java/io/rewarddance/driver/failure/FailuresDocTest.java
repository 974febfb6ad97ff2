package io.rewarddance.driver.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewarddance.rollout.FailureKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class FailuresDocTest {
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([A-Z]+_[A-Z_]+)` \\|");

  @Test
  void everyKindHasItsRowAndNoOtherIsThere() throws IOException {
    Path page = Path.of(System.getProperty("rewarddance.root"), "docs", "failures.md");
    assertThat(ROW.matcher(Files.readString(page)).results().map(row -> row.group(1)))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(FailureKind.values()).map(Enum::name).toList());
  }
}
