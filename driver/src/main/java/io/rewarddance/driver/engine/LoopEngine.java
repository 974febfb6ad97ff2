package io.rewarddance.driver.engine;

import io.rewarddance.driver.config.RunConfig;
import io.rewarddance.driver.journal.Journal;
import io.rewarddance.driver.journal.JournalReader;
import io.rewarddance.driver.loop.Run;
import io.rewarddance.driver.loop.RunEngine;
import io.rewarddance.driver.loop.RunException;
import io.rewarddance.driver.loop.RunHistory;
import io.rewarddance.driver.publish.Trees;
import io.rewarddance.rollout.durable.Durable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engine that {@link java.util.ServiceLoader} finds. */
public final class LoopEngine implements RunEngine {
  private static final Logger LOG = LoggerFactory.getLogger(LoopEngine.class);

  @Override
  public Run create(RunConfig config, String resolvedYaml) throws RunException {
    RunDirectory directory = new RunDirectory(config.directory());
    if (Files.exists(directory.root())) {
      throw new RunException(directory.root() + " exists already");
    }
    try {
      make(directory.root(), resolvedYaml);
      return new TrainingRun(config, open(directory), Ledger.of(List.of()));
    } catch (IOException e) {
      throw new RunException(directory.root() + " can't be made: " + e, e);
    }
  }

  /** The directory appears with its configuration and journal in it, or not at all. */
  private static void make(Path root, String resolvedYaml) throws IOException {
    Path output = root.toAbsolutePath().getParent();
    Files.createDirectories(output);
    Path building = output.resolve("." + root.getFileName() + ".tmp");
    Trees.delete(building);
    Files.createDirectory(building);
    RunDirectory inside = new RunDirectory(building);
    Durable.write(inside.config(), resolvedYaml.getBytes(StandardCharsets.UTF_8));
    Journal.create(inside.journal()).close();
    Files.move(building, root);
    Durable.forceDirectory(output);
  }

  private static Journal open(RunDirectory directory) throws IOException {
    return Journal.append(directory.journal(), JournalReader.read(directory.journal()));
  }

  @Override
  public Run resume(RunConfig config) throws RunException {
    RunDirectory directory = new RunDirectory(config.directory());
    try {
      JournalReader.Content content = JournalReader.read(directory.journal());
      Ledger ledger = Ledger.of(content.lines());
      if (ledger.isFinished()) {
        throw new RunException(
            config.run() + " is finished (expected: a run that was stopped, failed or killed)");
      }
      if (content.tornBytes() > 0) {
        LOG.warn("journal: {} bytes of an unfinished last line are cut off", content.tornBytes());
      }
      return new TrainingRun(config, Journal.append(directory.journal(), content), ledger);
    } catch (IOException e) {
      throw new RunException(config.run() + " can't be resumed: " + e.getMessage(), e);
    }
  }

  @Override
  public Optional<RunHistory> history(Path directory) throws RunException {
    try {
      Ledger ledger = Ledger.of(JournalReader.read(new RunDirectory(directory).journal()).lines());
      return ledger.isStarted() ? Optional.of(ledger.history(directory)) : Optional.empty();
    } catch (IOException e) {
      throw new RunException(directory + ": " + e.getMessage(), e);
    }
  }
}
