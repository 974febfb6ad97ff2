package io.rewarddance.driver.paper.work;

import io.rewarddance.driver.paper.cell.Cell;
import java.nio.file.Path;

/**
 * Where things are in the directory of a reproduction.
 *
 * @param out the directory itself
 */
public record Layout(Path out) {
  /** Model repository of all runs: generator, oracle, and the judges as they are published. */
  public Path repository() {
    return out.resolve("repository");
  }

  public Path cells() {
    return out.resolve("cells");
  }

  public Path cell(Cell cell) {
    return cells().resolve(cell.id());
  }

  /** Profile, seeds and budget. */
  public Path settings() {
    return out.resolve("reproduction.json");
  }

  /** The claims and verdicts of the report, for programs. */
  public Path findings() {
    return out.resolve("findings.json");
  }

  public Path report() {
    return out.resolve("report.html");
  }
}
