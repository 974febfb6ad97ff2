package io.rewarddance.embedded.trainer.loss;

/**
 * What judges saw of some rollouts, and which way they would have liked it changed. All in the
 * order of the latents, R rollouts of D elements.
 *
 * @param levels [R][D] grey levels of the images, 0 to 255
 * @param gradients [R][D] gradient of the judges' log P(yes) by them, nats per grey level
 */
public record JudgedImages(float[][] levels, float[][] gradients) {}
