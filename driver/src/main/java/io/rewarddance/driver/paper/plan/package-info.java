/** How long cells take and which of them fit into a budget. Pure. */
package io.rewarddance.driver.paper.plan;
