package io.rewarddance.driver.paper.plan;

import io.rewarddance.driver.paper.cell.Cell;
import io.rewarddance.driver.paper.cell.CellKind;
import java.util.EnumMap;
import java.util.Map;

/**
 * How long cells take: measured once on a reference machine (two cores of an x86-64 server),
 * corrected by what the cells that are done took here.
 */
public final class Costs {
  /** Correction is believed within this factor; further off, something else was slow. */
  private static final double MOST = 20;

  /** A wrong guess about a single small cell shouldn't turn the plan over. */
  private static final double PRIOR_SECONDS = 5;

  private final Map<CellKind, double[]> seen = new EnumMap<>(CellKind.class);

  /** Seconds that a cell of that kind takes before and after its work: servers, files. */
  private static double fixed(CellKind kind) {
    return switch (kind) {
      case PREFERENCES -> 6;
      case JUDGE -> 8;
      case RUN -> 9;
      case SEARCH -> 4;
    };
  }

  /** Seconds of one unit of its work. */
  private static double each(CellKind kind) {
    return switch (kind) {
      // A prompt with its four images, drawn, measured and written.
      case PREFERENCES -> 0.02;
      // A pair in an optimizer step of the middle judge, both images.
      case JUDGE -> 0.0008;
      // An image drawn with 6 steps.
      case RUN, SEARCH -> 0.0057;
    };
  }

  /** What the reference machine takes. */
  static double reference(Cell cell) {
    return fixed(cell.kind()) + each(cell.kind()) * cell.work();
  }

  /** A cell is done and took so long. */
  public void took(Cell cell, double seconds) {
    double[] sums = seen.computeIfAbsent(cell.kind(), kind -> new double[2]);
    sums[0] += seconds;
    sums[1] += reference(cell);
  }

  /** Seconds that the cell is going to take here. */
  public double of(Cell cell) {
    return reference(cell) * correction(cell.kind());
  }

  /** Here against the reference machine, by cells of the kind, or of all kinds where none is. */
  private double correction(CellKind kind) {
    double[] own = seen.get(kind);
    return own != null ? ratio(own) : all();
  }

  private double all() {
    double[] sums = new double[2];
    for (double[] one : seen.values()) {
      sums[0] += one[0];
      sums[1] += one[1];
    }
    return ratio(sums);
  }

  private static double ratio(double[] sums) {
    double ratio = (sums[0] + PRIOR_SECONDS) / (sums[1] + PRIOR_SECONDS);
    return Math.max(1 / MOST, Math.min(MOST, ratio));
  }
}
