package io.rewarddance.embedded.server.lifecycle;

/** A version's line in the repository index. */
public record IndexRow(String name, long version, VersionState state, String reason) {}
