package io.rewarddance.rollout.preference;

import static io.rewarddance.rollout.preference.PreferenceFormat.ANNOTATOR;
import static io.rewarddance.rollout.preference.PreferenceFormat.DOMAIN;
import static io.rewarddance.rollout.preference.PreferenceFormat.FIRST;
import static io.rewarddance.rollout.preference.PreferenceFormat.IMAGES;
import static io.rewarddance.rollout.preference.PreferenceFormat.PREFERRED;
import static io.rewarddance.rollout.preference.PreferenceFormat.PROMPT;
import static io.rewarddance.rollout.preference.PreferenceFormat.REASON;
import static io.rewarddance.rollout.preference.PreferenceFormat.REFERENCE;
import static io.rewarddance.rollout.preference.PreferenceFormat.SECOND;

import io.rewarddance.rollout.Image;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;

/** Makes a preference set of a file's columns. */
final class PreferenceLayout {
  private PreferenceLayout() {}

  /**
   * @throws IllegalArgumentException naming what is missing, or can't be
   */
  static PreferenceSet read(Hdf5Columns columns) throws IOException {
    SortedMap<String, String> notes = columns.notes();
    PreferenceFormat.RESERVED.forEach(notes::remove);
    int size = columns.count(PROMPT);
    PreferenceCheck.that(size > 0, PROMPT, "0 rows", "at least 1 pair");
    List<Image> images = columns.images(IMAGES);
    return new PreferenceSet(images, pairs(columns, size), notes);
  }

  private static List<Preference> pairs(Hdf5Columns columns, int size) {
    String[] prompt = columns.texts(PROMPT, size);
    int[] first = rows(columns, FIRST, size);
    int[] second = rows(columns, SECOND, size);
    long[] preferred = columns.integers(PREFERRED, size);
    String[] annotator = columns.texts(ANNOTATOR, size);
    String[] reason = optional(columns, REASON, size);
    String[] domain = optional(columns, DOMAIN, size);
    int[] reference =
        columns.has(REFERENCE)
            ? rows(columns, REFERENCE, size)
            : filled(size, Preference.NO_REFERENCE);
    List<Preference> pairs = new ArrayList<>(size);
    for (int p = 0; p < size; p++) {
      pairs.add(
          new Preference(
              prompt[p],
              first[p],
              second[p],
              choice(p, preferred[p]),
              annotator[p],
              reason[p],
              reference[p],
              domain[p]));
    }
    return pairs;
  }

  private static Choice choice(int p, long code) {
    PreferenceCheck.that(
        code == 0 || code == 1, PREFERRED + "[" + p + "]", code, "0 for first or 1 for second");
    return code == 0 ? Choice.FIRST : Choice.SECOND;
  }

  private static int[] rows(Hdf5Columns columns, String name, int size) {
    long[] wide = columns.integers(name, size);
    int[] rows = new int[size];
    for (int p = 0; p < size; p++) {
      PreferenceCheck.that(
          wide[p] == (int) wide[p], name + "[" + p + "]", wide[p], "a row of images");
      rows[p] = (int) wide[p];
    }
    return rows;
  }

  private static String[] optional(Hdf5Columns columns, String name, int size) {
    if (columns.has(name)) {
      return columns.texts(name, size);
    }
    String[] none = new String[size];
    Arrays.fill(none, "");
    return none;
  }

  private static int[] filled(int size, int value) {
    int[] values = new int[size];
    Arrays.fill(values, value);
    return values;
  }
}
