/**
 * Step 7: an iteration's rollouts go to disk, whole and verified, before anybody trains on them.
 */
package io.rewarddance.driver.store;
