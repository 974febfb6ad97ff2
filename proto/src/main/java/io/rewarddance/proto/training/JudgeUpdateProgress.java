package io.rewarddance.proto.training;

/**
 * Answer 202: a judge's update is queued or running.
 *
 * @param digest of the request, as in {@link JudgeUpdateResult}
 * @param state {@code queued} or {@code running}
 * @param progress share of the optimizer steps done, 0 to 1
 * @param loss of the last optimizer step; 0 before the first
 */
public record JudgeUpdateProgress(
    String judge, int step, String digest, String state, double progress, double loss) {}
