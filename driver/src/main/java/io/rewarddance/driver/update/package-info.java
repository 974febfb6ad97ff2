/**
 * Step 8: sends an iteration's rollout file to the training backend and brings the new policy's
 * weights back. Every call may be repeated: an update is known by (run, iteration, sha-256 of its
 * file), and the same one again gives the same answer.
 */
package io.rewarddance.driver.update;
