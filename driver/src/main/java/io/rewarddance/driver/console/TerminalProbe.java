package io.rewarddance.driver.console;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** Finds out what standard output is. */
final class TerminalProbe {
  private static final int DEFAULT_WIDTH = 80;

  private TerminalProbe() {}

  static Screen screen(boolean plain) {
    Charset charset = charset();
    boolean live = !plain && isTerminal() && !"dumb".equals(System.getenv("TERM"));
    PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, charset);
    return new Screen(out, live, charset, live ? width() : DEFAULT_WIDTH);
  }

  private static Charset charset() {
    String name = System.getProperty("stdout.encoding", System.getProperty("native.encoding"));
    try {
      return name == null ? StandardCharsets.UTF_8 : Charset.forName(name);
    } catch (IllegalArgumentException e) {
      return StandardCharsets.UTF_8;
    }
  }

  private static boolean isTerminal() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      // Since JDK 22 there is a console even without a terminal, and a method that tells.
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      return true;
    }
  }

  private static int width() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(ProcessBuilder.Redirect.INHERIT)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String answer =
          new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).trim();
      stty.waitFor(1, TimeUnit.SECONDS);
      int columns = answer.matches("\\d+ \\d+") ? Integer.parseInt(answer.split(" ")[1]) : 0;
      return columns > 0 ? columns : DEFAULT_WIDTH;
    } catch (IOException e) {
      return DEFAULT_WIDTH;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return DEFAULT_WIDTH;
    }
  }
}
