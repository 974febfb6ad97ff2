package io.rewarddance.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** With a process of its own, because a signal is for a whole process. */
@Timeout(60)
final class InterruptsTest {
  /** Waits for signals; says what it got. */
  public static final class Waiting {
    public static void main(String[] arguments) throws InterruptedException {
      CountDownLatch asked = new CountDownLatch(1);
      Interrupts interrupts =
          Interrupts.handledBy(
              signal -> {
                System.out.println("asked by " + signal);
                asked.countDown();
              });
      System.out.println("ready");
      asked.await();
      if (arguments[0].equals("clean")) {
        System.exit(interrupts.exitCode().get());
      }
      Thread.sleep(30_000);
    }
  }

  private record Ended(int code, String said) {}

  /** A shell starts its background jobs with Ctrl-C ignored, and a JVM then leaves it ignored. */
  private static void assumeNotIgnored(int signal) throws IOException {
    Path status = Path.of("/proc/self/status");
    if (Files.exists(status)) {
      String ignored =
          Files.readAllLines(status).stream()
              .filter(line -> line.startsWith("SigIgn:"))
              .map(line -> line.substring("SigIgn:".length()).strip())
              .findFirst()
              .orElse("0");
      boolean free = (Long.parseUnsignedLong(ignored, 16) >> (signal - 1) & 1) == 0;
      assumeTrue(free, "SKIPPED: the tests were started with signal " + signal + " ignored");
    }
  }

  private static Ended signal(String mode, String signal, int times) throws Exception {
    String java =
        System.getProperty("java.home") + File.separator + "bin" + File.separator + "java";
    Process process =
        new ProcessBuilder(
                java, "-cp", System.getProperty("java.class.path"), Waiting.class.getName(), mode)
            .redirectErrorStream(true)
            .start();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String line = lines.readLine();
      while (!"ready".equals(line)) {
        line = lines.readLine();
      }
      StringBuilder said = new StringBuilder();
      for (int i = 0; i < times; i++) {
        new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid())).start().waitFor();
        if (i == 0) {
          said.append(lines.readLine());
        }
      }
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      return new Ended(process.exitValue(), said.toString());
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void theFirstCtrlCIsARequest() throws Exception {
    assumeNotIgnored(2);
    assertThat(signal("clean", "INT", 1)).isEqualTo(new Ended(130, "asked by INT"));
  }

  @Test
  void theSecondCtrlCEndsAtOnce() throws Exception {
    assumeNotIgnored(2);
    assertThat(signal("stubborn", "INT", 2)).isEqualTo(new Ended(130, "asked by INT"));
  }

  @Test
  void terminationIsARequestAsWell() throws Exception {
    assertThat(signal("clean", "TERM", 1)).isEqualTo(new Ended(143, "asked by TERM"));
  }
}
