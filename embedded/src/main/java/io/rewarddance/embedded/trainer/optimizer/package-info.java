/** Optimizers, learning-rate schedules and gradient clipping, on flat arrays of all parameters. */
package io.rewarddance.embedded.trainer.optimizer;
