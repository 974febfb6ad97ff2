package io.rewarddance.driver.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * {@code coverage.md} says what the cases cover. After a change of them, run this test with {@code
 * -Drewarddance.docs.write=true} to write it again.
 */
final class CoverageDocTest {
  private static final Path PAGE = Suite.HOME.resolve("coverage.md");

  @Test
  void thePageCountsTheCases() throws IOException {
    String expected = Coverage.page();
    if (Boolean.getBoolean("rewarddance.docs.write")) {
      Files.writeString(PAGE, expected);
    } else {
      assertThat(Files.readString(PAGE)).isEqualTo(expected);
    }
  }
}
