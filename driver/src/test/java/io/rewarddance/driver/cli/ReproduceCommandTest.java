package io.rewarddance.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

final class ReproduceCommandTest {
  @TempDir private Path out;

  private final StringWriter err = new StringWriter();

  private int execute(String... options) {
    List<String> all = new ArrayList<>(List.of("reproduce", "paper", "--out", out.toString()));
    all.addAll(List.of(options));
    CommandLine commands = Main.commands(() -> null);
    commands.setErr(new PrintWriter(err, true));
    return commands.execute(all.toArray(String[]::new));
  }

  @Test
  void aDryRunLeavesNothing() throws Exception {
    assertThat(execute("--budget", "30m", "--dry-run", "--plain")).isEqualTo(ExitCode.OK);
    try (var files = Files.list(out)) {
      assertThat(files).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "--budget, 3, such as 90s",
    "--budget, 0m, such as 90s",
    "--seeds, '7,7', different numbers",
    "--profile, huge, huge",
  })
  void wrongOptionsAreNamed(String option, String value, String part) {
    assertThat(execute("--dry-run", option, value)).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains(option, part);
  }

  @Test
  void whatWasBegunWithOtherSizesIsRefused() throws Exception {
    Files.writeString(
        out.resolve("reproduction.json"), "{\"profile\": \"short\", \"seeds\": [7, 11]}");
    assertThat(execute("--dry-run", "--profile", "full")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("--profile: full (expected: short");
    assertThat(execute("--dry-run", "--seeds", "8")).isEqualTo(ExitCode.USAGE);
    assertThat(execute("--dry-run", "--budget", "3h", "--seeds", "7,11")).isEqualTo(ExitCode.OK);
  }

  @Test
  void withoutASubjectItAsksForOne() {
    CommandLine commands = Main.commands(() -> null);
    commands.setErr(new PrintWriter(err, true));
    assertThat(commands.execute("reproduce")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("expected: paper");
  }
}
