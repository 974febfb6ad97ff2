package io.rewarddance.driver.cli;

import io.rewarddance.driver.config.RunConfig;
import io.rewarddance.driver.console.ConsoleListener;
import io.rewarddance.driver.console.Screen;
import io.rewarddance.driver.console.SummaryText;
import io.rewarddance.driver.dashboard.Dashboard;
import io.rewarddance.driver.feed.RunFeed;
import io.rewarddance.driver.loop.Run;
import io.rewarddance.driver.loop.RunEngine;
import io.rewarddance.driver.loop.RunException;
import io.rewarddance.driver.loop.RunHistory;
import io.rewarddance.driver.loop.RunSummary;
import io.rewarddance.driver.report.ReportFiles;
import io.rewarddance.driver.service.RunServer;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * One run in front of people: shows it, serves it, lets Ctrl-C end it, and leaves the report
 * behind.
 */
final class Session {
  private final RunEngine engine;
  private final RunConfig config;
  private final WatchOptions watch;
  private final Screen screen;

  Session(RunEngine engine, RunConfig config, WatchOptions watch) {
    this.engine = engine;
    this.config = config;
    this.watch = watch;
    this.screen = Screen.standard(watch.plain);
  }

  /**
   * @param earlier what the journal of a resumed run holds already
   * @return the exit code
   */
  int execute(Run run, Optional<RunHistory> earlier) throws Exception {
    RunFeed feed = new RunFeed(earlier);
    Deque<AutoCloseable> open = new ArrayDeque<>();
    try {
      open.push(RunLog.open(config.directory().resolve("run.log"), screen));
      serve(run, feed, open);
      Interrupts interrupts = Interrupts.handledBy(signal -> interrupted(run, signal));
      open.push(interrupts);
      RunSummary summary =
          run.execute(
              new Listeners(List.of(new ConsoleListener(screen, config.timeLimit()), feed)));
      report();
      new SummaryText(summary).lines().forEach(screen::print);
      int code = ExitCode.of(summary.phase());
      return code == ExitCode.STOPPED ? interrupts.exitCode().orElse(code) : code;
    } finally {
      while (!open.isEmpty()) {
        open.pop().close();
      }
    }
  }

  private void serve(Run run, RunFeed feed, Deque<AutoCloseable> open) throws Complaint {
    try {
      if (watch.dashboard.isPresent()) {
        Dashboard dashboard =
            Dashboard.start(watch.bind, watch.dashboard.get(), feed, run.control());
        open.push(dashboard);
        screen.print("dashboard    http://" + watch.bind + ":" + dashboard.port() + "/");
      }
      if (watch.service.isPresent()) {
        RunServer server = RunServer.start(watch.bind, watch.service.get(), feed, run.control());
        open.push(server);
        screen.print("run service  " + watch.bind + ":" + server.port() + " (gRPC)");
      }
    } catch (IOException e) {
      throw new Complaint(
          ExitCode.USAGE, "can't listen on " + watch.bind + ": " + e.getMessage(), e);
    }
  }

  private void interrupted(Run run, String signal) {
    String name = signal.equals("INT") ? "Ctrl-C" : "SIG" + signal;
    screen.print("");
    screen.print(
        name
            + ": ending after the iteration in progress; once more ends at once (both can be resumed)");
    run.control().stop(name);
  }

  private void report() throws RunException, IOException {
    Optional<RunHistory> history = engine.history(config.directory());
    if (history.isPresent()) {
      ReportFiles.write(config.directory(), history.get());
    }
  }
}
