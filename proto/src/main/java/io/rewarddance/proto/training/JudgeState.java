package io.rewarddance.proto.training;

import java.util.List;

/**
 * Answer of {@code GET /v1/judges/{judge}}.
 *
 * @param judge its name
 * @param baseDigest sha-256 of the weights that training started from
 * @param step the last update, -1 before the first
 * @param optimizerSteps optimizer steps since the base
 * @param weightsDigest sha-256 of the weights that would be handed out now
 * @param results of all updates, oldest first
 */
public record JudgeState(
    String judge,
    String baseDigest,
    int step,
    long optimizerSteps,
    String weightsDigest,
    List<JudgeUpdateResult> results) {}
