package io.rewarddance.driver.console;

import io.rewarddance.driver.format.Text;
import io.rewarddance.driver.paper.cell.Cell;
import io.rewarddance.driver.paper.cell.CellKind;
import io.rewarddance.driver.paper.cell.Table;
import io.rewarddance.driver.paper.plan.Plan;
import io.rewarddance.driver.paper.work.CellNumbers;
import io.rewarddance.driver.paper.work.CellRecord;
import io.rewarddance.driver.paper.work.Measures;
import io.rewarddance.driver.paper.work.ReproductionListener;
import io.rewarddance.driver.paper.work.Standing;
import io.rewarddance.metrics.stat.MeanInterval;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Shows a reproduction while it goes: the plan, then a line for each cell. */
public final class PaperConsole implements ReproductionListener {
  private static final long REDRAW_NANOS = 200_000_000;

  private final Screen screen;
  private long drawnAt;

  public PaperConsole(Screen screen) {
    this.screen = screen;
  }

  @Override
  public void planned(Standing standing, Plan plan) {
    plan(standing, plan).forEach(screen::print);
  }

  /** The plan in words. */
  public static List<String> plan(Standing standing, Plan plan) {
    List<String> lines = new ArrayList<>();
    lines.add("table                                          cells  done  now  left out");
    for (Table table : Table.values()) {
      List<Cell> all = standing.of(table);
      lines.add(row(table.title(), all, standing, plan));
    }
    lines.add(
        row(
            "needed by all: preferences",
            standing.cells().stream().filter(c -> c.kind() == CellKind.PREFERENCES).toList(),
            standing,
            plan));
    lines.add(
        Text.format(
            "%s to do, about %s; %d left out at this budget",
            Text.plural(plan.fits().size(), "cell"),
            Text.clock(plan.seconds()),
            plan.leftOut().size()));
    return lines;
  }

  /** Every cell of the plan with its time. */
  public static List<String> cells(Plan plan) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < plan.fits().size(); i++) {
      Cell cell = plan.fits().get(i);
      lines.add(
          Text.format(
              "  %-42s %-24s %7s",
              cell.id(), cell.kind().command(), Text.clock(plan.each().get(i))));
    }
    plan.leftOut().forEach(cell -> lines.add(Text.format("  %-42s left out", cell.id())));
    return lines;
  }

  private static String row(String title, List<Cell> all, Standing standing, Plan plan) {
    return Text.format(
        "%-45s %6d %5d %4d %9d",
        title,
        all.size(),
        all.stream().filter(cell -> standing.numbers(cell).isPresent()).count(),
        all.stream().filter(plan.fits()::contains).count(),
        all.stream().filter(plan.leftOut()::contains).count());
  }

  @Override
  public void started(Cell cell, double left) {
    draw(cell.id() + "  " + cell.kind().command() + "  about " + Text.clock(left) + " left", true);
  }

  @Override
  public void progress(Cell cell, String part, long done, long total) {
    draw(cell.id() + "  " + part + " " + done + "/" + total, false);
  }

  private synchronized void draw(String line, boolean always) {
    long now = System.nanoTime();
    if (screen.live() && (always || now - drawnAt > REDRAW_NANOS)) {
      drawnAt = now;
      screen.block(List.of(line));
    }
  }

  @Override
  public void finished(Cell cell, CellRecord record, Standing standing, Plan plan) {
    long done = standing.cells().stream().filter(c -> standing.numbers(c).isPresent()).count();
    screen.print(
        Text.format(
            "[%d/%d] %-42s %7s  %-40s %s left",
            done,
            done + plan.fits().size(),
            cell.id(),
            Text.clock(record.seconds()),
            outcome(cell, record),
            Text.clock(plan.seconds())));
  }

  private static String outcome(Cell cell, CellRecord record) {
    return switch (record.state()) {
      case BEGUN -> "interrupted";
      // The first line says what it is about; the report has all of it.
      case FAILED ->
          "FAILED: " + record.failure().orElseThrow().message().lines().findFirst().orElse("");
      case DONE -> measured(cell, record.numbers().orElseThrow());
    };
  }

  private static String measured(Cell cell, CellNumbers numbers) {
    return switch (cell.kind()) {
      case PREFERENCES -> "collected";
      case JUDGE ->
          "accuracy "
              + mean(numbers.value(Measures.ACCURACY_IN))
              + " in, "
              + mean(numbers.value(Measures.ACCURACY_OUT))
              + " out of domain";
      case RUN, SEARCH ->
          "gold "
              + mean(numbers.value(Measures.GOLD_BEFORE))
              + " → "
              + mean(numbers.value(Measures.GOLD_AFTER));
    };
  }

  private static String mean(Optional<MeanInterval> value) {
    return value.map(v -> Text.format("%.3f", v.mean())).orElse("-");
  }
}
