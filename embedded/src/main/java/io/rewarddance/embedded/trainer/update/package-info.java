/**
 * One update, from a verified rollout file and a state to the next state. No network, no disk but
 * the file itself.
 */
package io.rewarddance.embedded.trainer.update;
