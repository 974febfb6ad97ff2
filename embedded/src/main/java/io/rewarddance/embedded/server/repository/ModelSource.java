package io.rewarddance.embedded.server.repository;

import io.rewarddance.proto.triton.ModelConfig;
import java.nio.file.Path;

/**
 * A model as found on disk, before any version of it is opened.
 *
 * @param directory its directory: versions are in numbered sub-directories
 * @param config complete configuration
 * @param timestamps when its files changed
 * @param overridden true when the configuration or the files came with the load request
 */
public record ModelSource(
    String name,
    Path directory,
    ModelConfig config,
    ModelTimestamps timestamps,
    boolean overridden) {}
