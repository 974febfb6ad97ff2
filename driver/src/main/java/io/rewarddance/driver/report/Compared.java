package io.rewarddance.driver.report;

import io.rewarddance.driver.loop.RunHistory;
import java.nio.file.Path;

/**
 * A run that a report compares its own with.
 *
 * @param name tells it from the others of the page
 * @param directory where its {@code config.yaml} is
 * @param history what its journal holds
 */
public record Compared(String name, Path directory, RunHistory history) {}
