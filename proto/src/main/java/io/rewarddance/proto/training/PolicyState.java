package io.rewarddance.proto.training;

import java.util.List;

/**
 * Answer of {@code GET /v1/policy}: the policy that the backend would publish now.
 *
 * @param run the run it belongs to, empty before the first update
 * @param iteration the last iteration that was trained on, -1 before the first
 * @param policyVersion version of the sampling policy; the initial one is 1
 * @param policyDigest lower-case hex sha-256 of its weights file
 * @param step optimizer steps taken
 * @param algorithms what {@link UpdateSettings#algorithm()} may name
 */
public record PolicyState(
    String run,
    int iteration,
    long policyVersion,
    String policyDigest,
    long step,
    List<String> algorithms) {}
