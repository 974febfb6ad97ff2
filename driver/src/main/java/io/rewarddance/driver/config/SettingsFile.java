package io.rewarddance.driver.config;

import java.nio.file.Path;

/**
 * A settings file that was read and found usable.
 *
 * @param config what it says
 * @param yaml the same with every default filled in, as it is kept in {@code config.yaml}
 * @param file where it was read
 * @param root where its relative paths start
 */
public record SettingsFile<C>(C config, String yaml, Path file, Path root) {}
