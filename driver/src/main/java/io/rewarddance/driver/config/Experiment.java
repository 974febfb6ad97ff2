package io.rewarddance.driver.config;

import java.nio.file.Path;

/**
 * An experiment file that was read and found usable.
 *
 * @param config what it says
 * @param yaml the same with every default filled in, as the run keeps it in {@code config.yaml}
 * @param file where it was read
 * @param root where its relative paths start
 */
public record Experiment(RunConfig config, String yaml, Path file, Path root) {}
