/**
 * Counter-based noise: the same seed, purpose and step give the same numbers in every language and
 * on every machine, so that a trajectory can be replayed and its initial noise need not travel.
 */
package io.rewarddance.embedded.noise;
