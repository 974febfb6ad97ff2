/**
 * Losses behind one interface. A loss sees a slice of a minibatch and the weight sets, and knows
 * nothing of optimizers, files or threads.
 */
package io.rewarddance.embedded.trainer.loss;
