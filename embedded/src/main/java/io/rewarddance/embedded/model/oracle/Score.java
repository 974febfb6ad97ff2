package io.rewarddance.embedded.model.oracle;

/**
 * How well something fits.
 *
 * @param strict exactly
 * @param graded how nearly, 0..1
 */
record Score(boolean strict, double graded) {}
