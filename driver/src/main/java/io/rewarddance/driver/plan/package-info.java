/**
 * Step 1: what an iteration is going to do, from the configuration and its number alone. Nothing
 * here looks at a clock, at a server or at earlier results, so a resumed run plans the same.
 */
package io.rewarddance.driver.plan;
