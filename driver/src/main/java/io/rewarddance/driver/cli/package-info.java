/**
 * The command line: {@code run}, {@code resume}, {@code validate}, {@code doctor}, {@code report}.
 * Exit codes are in {@link io.rewarddance.driver.cli.ExitCode}.
 */
package io.rewarddance.driver.cli;
