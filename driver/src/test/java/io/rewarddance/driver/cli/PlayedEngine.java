package io.rewarddance.driver.cli;

import io.rewarddance.driver.config.RunConfig;
import io.rewarddance.driver.loop.Phase;
import io.rewarddance.driver.loop.Run;
import io.rewarddance.driver.loop.RunControl;
import io.rewarddance.driver.loop.RunEngine;
import io.rewarddance.driver.loop.RunException;
import io.rewarddance.driver.loop.RunHistory;
import io.rewarddance.driver.loop.RunListener;
import io.rewarddance.driver.loop.RunSummary;
import io.rewarddance.driver.testing.RecordedRun;
import io.rewarddance.driver.testing.SteeredRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** An engine that plays a recorded run; {@code end} says how it ends. */
final class PlayedEngine implements RunEngine {
  private final Phase end;
  private RunHistory history;

  PlayedEngine(Phase end) {
    this.end = end;
  }

  @Override
  public Run create(RunConfig config, String resolvedYaml) throws RunException {
    try {
      Files.createDirectories(config.directory());
      Files.writeString(config.directory().resolve("config.yaml"), resolvedYaml);
    } catch (IOException e) {
      throw new RunException("can't make " + config.directory(), e);
    }
    return run(config.directory());
  }

  @Override
  public Run resume(RunConfig config) throws RunException {
    if (end == Phase.FINISHED) {
      throw new RunException("run " + config.run() + " is finished");
    }
    return run(config.directory());
  }

  @Override
  public Optional<RunHistory> history(Path directory) {
    return Optional.of(history == null ? new RecordedRun(directory).killed(4) : history);
  }

  private Run run(Path directory) {
    SteeredRun control = new SteeredRun();
    return new Run() {
      @Override
      public RunControl control() {
        return control;
      }

      @Override
      public RunSummary execute(RunListener listener) {
        return play(directory, listener);
      }
    };
  }

  private RunSummary play(Path directory, RunListener listener) {
    RecordedRun recorded = new RecordedRun(directory);
    history = recorded.finished();
    if (end != Phase.FINISHED) {
      var ended = new RunHistory.End(end, "as the test wants", new TreeMap<>(), List.of());
      RunHistory killed = recorded.killed(4);
      history =
          new RunHistory(
              killed.plan(), killed.iterations(), killed.evaluations(), Optional.of(ended));
    }
    listener.planned(history.plan());
    history.iterations().forEach(listener::iterationFinished);
    RunSummary summary = RunSummary.of(history);
    listener.ended(summary);
    return summary;
  }
}
