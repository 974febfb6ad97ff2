/**
 * Collects preference files: generators draw groups of images, simulated annotators with a model's
 * eyes say which of two is better. Everything follows from the seed; nothing here knows what the
 * images show.
 */
package io.rewarddance.driver.judges.collect;
