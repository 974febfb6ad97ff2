/**
 * A failure as a value. What can fail gives an {@link io.rewarddance.driver.failure.Outcome} for
 * each item, or throws a {@link io.rewarddance.driver.failure.StepFailedException} for a step as a
 * whole; never a number that stands for "failed". What a failure leads to is decided in one place,
 * the engine, by the run's {@link io.rewarddance.driver.config.FailurePolicies}.
 */
package io.rewarddance.driver.failure;
