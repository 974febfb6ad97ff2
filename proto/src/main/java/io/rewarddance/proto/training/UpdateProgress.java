package io.rewarddance.proto.training;

/**
 * Answer 202: the update is queued or running.
 *
 * @param state {@code queued} or {@code running}
 * @param progress share done, 0 to 1
 */
public record UpdateProgress(
    String run, int iteration, String digest, String state, double progress) {}
