package io.rewarddance.proto.training;

/**
 * JSON body of {@code POST /v1/runs/{run}/updates/{iteration}} for a rollout file that the backend
 * can read by itself.
 *
 * @param uri a {@code file:} URI under a directory that the backend may read
 * @param sha256 lower-case hex sha-256 of the file
 */
public record UpdateReference(String uri, String sha256) {}
