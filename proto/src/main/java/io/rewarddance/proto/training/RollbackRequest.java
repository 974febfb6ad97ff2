package io.rewarddance.proto.training;

/**
 * Body of {@code POST /v1/runs/{run}/rollback}.
 *
 * @param iteration the last iteration to keep, -1 for the initial policy; later checkpoints are
 *     forgotten
 */
public record RollbackRequest(int iteration) {}
