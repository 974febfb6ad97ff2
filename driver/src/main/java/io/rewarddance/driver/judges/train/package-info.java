/**
 * Trains a judge on preference files through the training backend, publishes the best of its
 * updates as a Triton model, and proves that the model answers as the backend measured.
 */
package io.rewarddance.driver.judges.train;
