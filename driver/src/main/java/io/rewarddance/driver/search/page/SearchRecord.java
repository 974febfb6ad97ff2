package io.rewarddance.driver.search.page;

import io.rewarddance.driver.search.Comparison;
import io.rewarddance.driver.search.OnFailure;
import io.rewarddance.rollout.PolicyRef;
import java.util.Optional;

/**
 * All that a search leaves behind. It holds no time and no path, so equal searches leave equal
 * files.
 *
 * @param generator model
 * @param judge model
 * @param oracle model; empty = nothing was measured
 * @param policy that drew
 * @param seed of all noise
 * @param comparison the search first, then what it is compared with
 */
public record SearchRecord(
    String generator,
    String judge,
    Optional<String> oracle,
    Optional<PolicyRef> policy,
    long seed,
    OnFailure onFailure,
    Comparison comparison) {}
