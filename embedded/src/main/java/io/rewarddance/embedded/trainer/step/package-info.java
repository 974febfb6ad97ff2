/**
 * One optimizer step, whatever is trained: loss and gradient in slices that are added in order,
 * checks for numbers that aren't finite, counter-based random choices, progress and cancellation.
 */
package io.rewarddance.embedded.trainer.step;
