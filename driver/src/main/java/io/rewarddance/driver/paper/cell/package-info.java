/** What there is to do: cells, and which of them need which. Pure. */
package io.rewarddance.driver.paper.cell;
