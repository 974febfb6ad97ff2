/**
 * The preference file: which of two images somebody preferred, for training judges.
 *
 * <p>Start at {@link io.rewarddance.rollout.preference.PreferenceWriter} and {@link
 * io.rewarddance.rollout.preference.PreferenceReader}; the layout, and how to write one with h5py,
 * is described in {@code docs/preference-file.md}. The reader believes no file: shapes, types, row
 * numbers and texts are checked before anything is handed out.
 */
package io.rewarddance.rollout.preference;
