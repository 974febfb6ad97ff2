/**
 * What the training backend does, without HTTP: accepts each update once, runs one at a time, keeps
 * the state and its checkpoints, hands out weights.
 */
package io.rewarddance.embedded.trainer.service;
