/**
 * Looks at Triton servers: what they are, what they serve, and which contract each model fits. It
 * sends no inference and changes nothing.
 */
package io.rewarddance.driver.doctor.triton;
