package io.rewarddance.driver.console;

import io.rewarddance.driver.format.Text;
import io.rewarddance.driver.judges.JobListener;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Shows a job: a bar with the time left on a live screen, a line for each stage that took a while
 * on others.
 */
public final class JobConsole implements JobListener {
  private static final int BAR = 24;

  /** Stages that are over sooner are not worth a line of their own. */
  private static final double WORTH_SECONDS = 2;

  private final Screen screen;
  private final LongSupplier nanos;
  private String stage = "";
  private long started;
  private long already;

  public JobConsole(Screen screen) {
    this(screen, System::nanoTime);
  }

  JobConsole(Screen screen, LongSupplier nanos) {
    this.screen = screen;
    this.nanos = nanos;
  }

  @Override
  public synchronized void said(String line) {
    screen.print(line);
  }

  @Override
  public synchronized void progress(String name, long done, long total) {
    if (!name.equals(stage)) {
      stage = name;
      started = nanos.getAsLong();
      already = done;
    }
    double seconds = (nanos.getAsLong() - started) / 1e9;
    if (screen.live()) {
      show(name, done, total, seconds);
    } else if (done == total && seconds >= WORTH_SECONDS) {
      screen.print(Text.format("%s  %d in %s", name, total, Text.clock(seconds)));
    }
  }

  private void show(String name, long done, long total, double seconds) {
    if (done >= total) {
      screen.eraseBlock();
      return;
    }
    double share = total == 0 ? 1 : (double) done / total;
    long own = done - already;
    String left = own == 0 ? "-" : Text.clock(seconds * (total - done) / own);
    screen.block(
        List.of(
            Text.format("%s %s  %d / %d  %s left", name, Bar.of(share, BAR), done, total, left)));
  }
}
