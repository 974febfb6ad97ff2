package io.rewarddance.driver.paper.cell;

import java.util.List;

/**
 * One piece of work: a call of a command with settings of its own, in a directory of its own.
 *
 * @param id its directory below {@code cells/}, such as {@code ladder/m-seed7}
 * @param roles its places in tables; none for what others only need
 * @param round number of its seed, from 0; 0 for what all seeds share
 * @param needs cells that must be done before
 * @param settings laid over the template, as {@code --set} takes them; {@link #CELL}, {@link
 *     #CELLS} and {@link #OUT} stand for directories
 * @param work how much there is to do, in the unit of its kind
 * @param search how many searches at which budget; null exactly for cells that aren't searches
 */
public record Cell(
    String id,
    CellKind kind,
    List<Role> roles,
    int round,
    long seed,
    List<String> needs,
    List<String> settings,
    double work,
    Search search) {
  /** Stands for the cell's own directory. */
  public static final String CELL = "{cell}";

  /** Stands for the directory of all cells. */
  public static final String CELLS = "{cells}";

  /** Stands for the reproduction's directory. */
  public static final String OUT = "{out}";

  private static final String BASE = "{base-%s}";

  public Cell {
    roles = List.copyOf(roles);
    needs = List.copyOf(needs);
    settings = List.copyOf(settings);
    if ((kind == CellKind.SEARCH) != (search != null)) {
      throw new IllegalArgumentException(
          id + ": search: " + search + " (expected: exactly for searches)");
    }
  }

  /**
   * @param count searches
   * @param budget of each, in network evaluations
   */
  public record Search(int count, int budget) {}

  /** Stands for the directory of a rung's base. */
  public static String base(Rung rung) {
    return BASE.formatted(rung.label());
  }

  /** The last part of the id: the name of its run or judge. */
  public String name() {
    return id.substring(id.lastIndexOf('/') + 1);
  }

  /** Whether the cell is in the table. */
  public boolean isPartOf(Table table) {
    return roles.stream().anyMatch(role -> role.table() == table);
  }
}
