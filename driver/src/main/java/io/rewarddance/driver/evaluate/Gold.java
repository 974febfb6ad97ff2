package io.rewarddance.driver.evaluate;

import java.util.SortedMap;

/**
 * What the oracle says of one image.
 *
 * @param strict whether the image is exactly what was asked for
 * @param graded the same by degrees, in [0, 1]
 * @param drawing its other numbers by name
 * @param labels its class labels by name; below 0 = none
 */
public record Gold(
    boolean strict,
    double graded,
    SortedMap<String, Double> drawing,
    SortedMap<String, Integer> labels) {}
