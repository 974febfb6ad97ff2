package io.rewarddance.driver.judges.collect;

/**
 * Two images to be compared under the prompt of a group.
 *
 * @param group whose prompt and reference count
 * @param first of this group, or of another where they are mismatched and {@code second} isn't
 * @param second likewise
 * @param number of the pair in its group
 */
record PlannedPair(int group, ImageId first, ImageId second, int number) {}
