/**
 * The training backend inside the JVM: rollout files in over HTTP, policies out. {@link
 * io.rewarddance.embedded.trainer.TrainingBackend} starts it.
 *
 * <p>All weights and optimizer state are plain arrays; libtorch holds copies for as long as one
 * update lasts. An update makes a new state beside the old one, so a failed update changes nothing.
 */
package io.rewarddance.embedded.trainer;
