package io.rewarddance.driver.console;

import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.List;

/**
 * Where text goes. A live screen can replace the block of lines that it wrote last; any other only
 * goes on. Thread-safe.
 */
public final class Screen {
  private final PrintStream out;
  private final boolean live;
  private final boolean unicode;
  private final int width;
  private int blockLines;

  /**
   * @param live whether the cursor can be moved
   * @param charset of {@code out}; decides between block characters and plain ones
   * @param width columns
   */
  public Screen(PrintStream out, boolean live, Charset charset, int width) {
    this.out = out;
    this.live = live;
    this.unicode = charset.newEncoder().canEncode('█');
    this.width = Math.max(40, width);
  }

  /** The process's standard output; {@code plain} forbids moving the cursor. */
  public static Screen standard(boolean plain) {
    return TerminalProbe.screen(plain);
  }

  public boolean live() {
    return live;
  }

  int width() {
    return width;
  }

  /** The text in the screen's characters: what can't be shown becomes plain. */
  String adapt(String text) {
    return unicode
        ? text
        : text.replace('█', '#')
            .replace('░', '.')
            .replace("·", "-")
            .replace("σ", "sigma")
            .replace("±", "+-")
            .replace("→", "->");
  }

  boolean unicode() {
    return unicode;
  }

  /** Lines that stay, above a live block. */
  public synchronized void print(String text) {
    eraseBlock();
    out.println(adapt(text));
    out.flush();
  }

  /** Puts these lines in the place of the block before; only for a live screen. */
  synchronized void block(List<String> lines) {
    StringBuilder text = new StringBuilder();
    if (blockLines > 0) {
      text.append("\033[").append(blockLines).append('A');
    }
    for (String line : lines) {
      text.append('\r').append(cut(adapt(line))).append("\033[K\n");
    }
    text.append("\033[J");
    blockLines = lines.size();
    out.print(text);
    out.flush();
  }

  /** Takes the live block away. */
  synchronized void eraseBlock() {
    if (blockLines > 0) {
      out.print("\033[" + blockLines + "A\r\033[J");
      out.flush();
      blockLines = 0;
    }
  }

  private String cut(String line) {
    return line.length() < width ? line : line.substring(0, width - 1);
  }
}
