/**
 * References for pairwise judges. For each prompt the policy draws candidates, the judge compares
 * them, every two or in a Swiss tournament, and those that win most comparisons are kept
 * (RewardDance's Best-of-N). Made once from the initial policy they live in a file whose digest is
 * in the journal; those of later policies follow from prompt, policy and judge.
 */
package io.rewarddance.driver.reference;
