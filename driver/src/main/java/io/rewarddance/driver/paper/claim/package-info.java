/**
 * Claims of the paper, the rules that decide on each, and what the measurements say. Rules were
 * written before any result was seen; {@code docs/reproduce-paper.md} has them in words.
 */
package io.rewarddance.driver.paper.claim;
