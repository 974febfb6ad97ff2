package io.rewarddance.driver.config;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** An experiment file can't be used; the message lists everything that is wrong, a line each. */
public final class ConfigException extends Exception {
  private static final long serialVersionUID = 1;

  private final transient List<Problem> problems;

  ConfigException(String file, List<Problem> problems) {
    super(text(file, problems));
    this.problems = List.copyOf(problems);
  }

  /** How many things are wrong, at least 1. */
  public int count() {
    return problems.size();
  }

  private static String text(String file, List<Problem> problems) {
    String head =
        file + ": " + problems.size() + (problems.size() == 1 ? " problem" : " problems") + "\n";
    return problems.stream()
        .sorted(Comparator.comparing(Problem::origin))
        .map(problem -> "  " + problem)
        .collect(Collectors.joining("\n", head, ""));
  }
}
