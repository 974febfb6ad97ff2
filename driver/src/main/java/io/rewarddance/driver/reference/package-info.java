/**
 * References for pairwise judges. For each prompt the policy draws candidates, the judge compares
 * every ordered pair, and those that win most comparisons are kept (RewardDance's Best-of-N). Made
 * once from the initial policy they live in a file whose digest is in the journal.
 */
package io.rewarddance.driver.reference;
