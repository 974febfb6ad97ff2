/** The report: what was measured beside the paper's own figures, and what the rules say. */
package io.rewarddance.driver.paper.page;
