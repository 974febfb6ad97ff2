package io.rewarddance.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.rewarddance.driver.console.Screen;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

final class RunLogTest {
  private static final Logger LOG = LoggerFactory.getLogger(RunLogTest.class);

  @TempDir Path temporary;
  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

  private Screen screen(boolean live) {
    PrintStream out = new PrintStream(shown, true, StandardCharsets.UTF_8);
    return new Screen(out, live, StandardCharsets.UTF_8, 80);
  }

  @Test
  void theFileHasEverythingWhileOpenAndNothingAfter() throws Exception {
    Path file = temporary.resolve("run.log");
    RunLog log = RunLog.open(file, screen(false));
    LOG.info("told");
    LOG.error("broken", new IllegalStateException("cause"));
    log.close();
    LOG.info("too late");
    assertThat(Files.readString(file))
        .contains("INFO  [main]", "told", "IllegalStateException: cause", "at io.rewarddance")
        .doesNotContain("too late");
  }

  @Test
  void aLiveScreenGetsWarningsOnly() throws Exception {
    RunLog log = RunLog.open(temporary.resolve("run.log"), screen(true));
    LOG.info("told");
    LOG.warn("endpoint {} is slow", "a:8001");
    log.close();
    LOG.warn("said on standard error again");
    assertThat(shown.toString(StandardCharsets.UTF_8))
        .isEqualToIgnoringNewLines("WARN endpoint a:8001 is slow");
  }
}
