/**
 * Measures a policy on held-out prompts, always with the same prompts and seeds, so that before and
 * after differ by the policy alone. What the oracle says is reported and watched; it never becomes
 * part of a reward, and nothing of this package is seen by the steps that make one.
 */
package io.rewarddance.driver.evaluate;
