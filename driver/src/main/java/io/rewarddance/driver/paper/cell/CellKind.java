package io.rewarddance.driver.paper.cell;

import java.util.Locale;

/** The command that a cell is a call of. */
public enum CellKind {
  PREFERENCES("rewarddance preferences", "preferences.yaml"),
  JUDGE("rewarddance train-judge", "judge.yaml"),
  RUN("rewarddance run", "run.yaml"),
  SEARCH("rewarddance search", "run.yaml");

  private final String command;
  private final String template;

  CellKind(String command, String template) {
    this.command = command;
    this.template = template;
  }

  public String command() {
    return command;
  }

  /** The settings file in {@code experiments/paper/} that its own settings are laid over. */
  public String template() {
    return template;
  }

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
