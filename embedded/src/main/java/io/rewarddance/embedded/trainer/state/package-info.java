/**
 * What training has reached, and its checkpoints: one file each, whole or absent, however the
 * process ends.
 */
package io.rewarddance.embedded.trainer.state;
