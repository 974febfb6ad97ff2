/** Where the wall time of a run goes. */
package io.rewarddance.driver.clock;
