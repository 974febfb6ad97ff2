/**
 * Rectified-flow sampling as arithmetic: the noise schedule, and for each sampler the mean,
 * standard deviation and log-probability of a step. {@code docs/samplers.md} derives the formulas.
 * No network and no random numbers in here: the model that samples and the trainer that replays
 * share it.
 */
package io.rewarddance.embedded.sampling;
