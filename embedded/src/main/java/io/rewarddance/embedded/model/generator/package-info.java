/**
 * Rectified-flow image generators ({@code rewarddance_model} = {@code flow_generator}): noise from
 * the seed, denoising steps through the velocity network, and the trajectory that training needs.
 */
package io.rewarddance.embedded.model.generator;
