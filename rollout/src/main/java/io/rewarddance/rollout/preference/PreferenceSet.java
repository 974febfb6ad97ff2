package io.rewarddance.rollout.preference;

import io.rewarddance.rollout.Image;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The content of a preference file.
 *
 * @param images the pool, all of one size; pairs refer to its rows
 * @param pairs at least one
 * @param notes free text about the data, by name: description, seed, where it comes from
 */
public record PreferenceSet(
    List<Image> images, List<Preference> pairs, SortedMap<String, String> notes) {
  /**
   * @throws IllegalArgumentException naming the column, the row and the value that can't be
   */
  public PreferenceSet {
    images = List.copyOf(images);
    pairs = List.copyOf(pairs);
    notes = Collections.unmodifiableSortedMap(new TreeMap<>(notes));
    PreferenceCheck.images(images);
    PreferenceCheck.pairs(pairs, images.size());
    PreferenceCheck.notes(notes);
  }

  public PreferenceSet(List<Image> images, List<Preference> pairs) {
    this(images, pairs, new TreeMap<>());
  }

  /** Pairs: P. */
  public int size() {
    return pairs.size();
  }

  /** Height of every image, in pixels. */
  public int height() {
    return images.get(0).height();
  }

  /** Width of every image, in pixels. */
  public int width() {
    return images.get(0).width();
  }
}
