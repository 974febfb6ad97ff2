package io.rewarddance.rollout.preference;

import io.rewarddance.rollout.Image;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;

/** What must hold within a preference file; every text is "name[row]: value (expected: ...)". */
final class PreferenceCheck {
  private static final int MAX_NOTES_BYTES = 32 << 10;
  private static final String NOTE = "[A-Za-z0-9][A-Za-z0-9._ -]{0,99}";

  private PreferenceCheck() {}

  static void images(List<Image> images) {
    that(!images.isEmpty(), PreferenceFormat.IMAGES, "0 rows", "at least 1 image");
    Image first = images.get(0);
    for (int m = 0; m < images.size(); m++) {
      Image image = images.get(m);
      that(
          image.height() == first.height() && image.width() == first.width(),
          row(PreferenceFormat.IMAGES, m),
          image.height() + "x" + image.width(),
          first.height() + "x" + first.width() + ", as the first");
    }
  }

  static void pairs(List<Preference> pairs, int images) {
    that(!pairs.isEmpty(), PreferenceFormat.PROMPT, "0 rows", "at least 1 pair");
    for (int p = 0; p < pairs.size(); p++) {
      pair(pairs.get(p), p, images);
    }
  }

  private static void pair(Preference pair, int p, int images) {
    String rows = "0 to " + (images - 1) + ", a row of images";
    image(PreferenceFormat.FIRST, p, pair.first(), images, rows);
    image(PreferenceFormat.SECOND, p, pair.second(), images, rows);
    that(
        pair.first() != pair.second(),
        row(PreferenceFormat.SECOND, p),
        pair.second(),
        "another image than first");
    that(
        pair.reference() >= Preference.NO_REFERENCE && pair.reference() < images,
        row(PreferenceFormat.REFERENCE, p),
        pair.reference(),
        "-1 for none, or " + rows);
    text(PreferenceFormat.PROMPT, p, pair.prompt());
    that(!pair.prompt().isBlank(), row(PreferenceFormat.PROMPT, p), quoted(pair.prompt()), "text");
    text(PreferenceFormat.ANNOTATOR, p, pair.annotator());
    that(
        !pair.annotator().isBlank(),
        row(PreferenceFormat.ANNOTATOR, p),
        quoted(pair.annotator()),
        "who said so");
    text(PreferenceFormat.REASON, p, pair.reason());
    text(PreferenceFormat.DOMAIN, p, pair.domain());
  }

  static void notes(SortedMap<String, String> notes) {
    int bytes = 0;
    for (var note : notes.entrySet()) {
      that(
          note.getKey().matches(NOTE) && !PreferenceFormat.isReserved(note.getKey()),
          "note",
          quoted(note.getKey()),
          "1 to 100 letters, digits, '.', '_', '-' or ' ', and not " + PreferenceFormat.RESERVED);
      storable("note " + note.getKey(), note.getValue());
      bytes += note.getKey().length() + note.getValue().getBytes(StandardCharsets.UTF_8).length;
    }
    that(bytes <= MAX_NOTES_BYTES, "notes", bytes + " bytes", "at most " + MAX_NOTES_BYTES);
  }

  private static void image(String column, int p, int value, int images, String rows) {
    that(value >= 0 && value < images, row(column, p), value, rows);
  }

  private static void text(String column, int p, String value) {
    if (!isStorable(value)) {
      storable(row(column, p), value);
    }
  }

  /** Text that survives UTF-8 and padding with NUL. */
  private static void storable(String name, String value) {
    that(
        isStorable(value),
        name,
        quoted(value.replace("\0", "\\0")),
        "text without NUL and unpaired surrogates");
  }

  private static boolean isStorable(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == 0 || Character.isSurrogate(c)) {
        return c != 0
            && StandardCharsets.UTF_8.newEncoder().canEncode(value)
            && value.indexOf(0) < 0;
      }
    }
    return true;
  }

  private static String row(String column, int row) {
    return column + "[" + row + "]";
  }

  private static String quoted(String text) {
    return '"' + text + '"';
  }

  static void that(boolean condition, String name, Object value, String expected) {
    if (!condition) {
      throw new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
    }
  }
}
