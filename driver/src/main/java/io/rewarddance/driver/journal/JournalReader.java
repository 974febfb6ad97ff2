package io.rewarddance.driver.journal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a journal and checks its chain. Only the last line may be torn (the process died while it
 * wrote, so the line has no end): it counts as never written. A line with an end is whole, so
 * anything wrong with it was done by somebody else and is an error.
 */
public final class JournalReader {
  /**
   * @param lines those that are whole
   * @param soundBytes length of the file up to the end of the last whole line
   * @param tornBytes bytes after that
   */
  public record Content(List<JournalLine> lines, long soundBytes, long tornBytes) {
    public Content {
      lines = List.copyOf(lines);
    }
  }

  private JournalReader() {}

  /**
   * @throws JournalException when there is no journal, or it was changed
   */
  public static Content read(Path file) throws IOException {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new JournalException(file + ": there is no journal", e);
    }
    List<JournalLine> lines = new ArrayList<>();
    String digest = JournalText.GENESIS;
    int start = 0;
    int end;
    while ((end = lineEnd(bytes, start)) >= 0) {
      JournalLine line;
      try {
        line = check(text(bytes, start, end), digest);
      } catch (JournalException e) {
        throw new JournalException(file + " line " + (lines.size() + 1) + ": " + e.getMessage(), e);
      }
      digest = line.digest();
      lines.add(line);
      start = end + 1;
    }
    return new Content(lines, start, bytes.length - start);
  }

  private static JournalLine check(String text, String before) throws JournalException {
    JournalLine line = JournalText.read(text);
    String expected = JournalText.digest(before, line.kind(), line.data());
    if (!expected.equals(line.digest())) {
      throw new JournalException(
          "digest: " + line.digest() + " (expected: " + expected + "; the journal was changed)");
    }
    requireOwnHand(text, line.text());
    return line;
  }

  /** Also finds changes that read as the same values, and some in what has no digest. */
  private static void requireOwnHand(String text, String own) throws JournalException {
    if (!own.equals(text)) {
      int at = 0;
      while (at < Math.min(own.length(), text.length()) && own.charAt(at) == text.charAt(at)) {
        at++;
      }
      throw new JournalException(
          "column " + (at + 1) + ": not as the driver writes it (the journal was changed)");
    }
  }

  private static int lineEnd(byte[] bytes, int from) {
    for (int i = from; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private static String text(byte[] bytes, int start, int end) {
    return new String(bytes, start, end - start, StandardCharsets.UTF_8);
  }
}
