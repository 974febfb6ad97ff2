/** A made-up run, for tests of everything that shows one. */
package io.rewarddance.driver.testing;
