/**
 * Search over Paths (paper, section 3.3.2): more compute at inference instead of more training. A
 * pointwise judge looks at the clean guesses of unfinished images, and only the best paths are
 * followed further. Costs are counted in network evaluations of the generator for each image;
 * questions to the judge are counted apart. {@code docs/search.md} has formulas and measurements.
 */
package io.rewarddance.driver.search;
