package io.rewarddance.driver.judges.collect;

import io.rewarddance.rollout.Prompt;

/**
 * Images that share a prompt.
 *
 * @param source who draws its members
 * @param referenceSource who draws the candidates for its reference
 */
record PlannedGroup(int index, Prompt prompt, String source, String referenceSource) {}
