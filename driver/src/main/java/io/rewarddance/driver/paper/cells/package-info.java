/** Cells done by the calls that the commands make, in this process. */
package io.rewarddance.driver.paper.cells;
