package io.rewarddance.driver.engine;

import io.rewarddance.driver.clock.StageClock;
import io.rewarddance.driver.config.RunConfig;
import io.rewarddance.driver.failure.StepFailedException;
import io.rewarddance.driver.journal.Journal;
import io.rewarddance.driver.loop.Phase;
import io.rewarddance.driver.loop.Run;
import io.rewarddance.driver.loop.RunControl;
import io.rewarddance.driver.loop.RunListener;
import io.rewarddance.driver.loop.RunSummary;
import io.rewarddance.driver.model.ModelMismatchException;
import io.rewarddance.driver.triton.TritonException;
import java.io.IOException;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A run, new or resumed: the difference is only what its ledger holds already. */
final class TrainingRun implements Run {
  private static final Logger LOG = LoggerFactory.getLogger(TrainingRun.class);

  private final RunConfig config;
  private final RunDirectory directory;
  private final Journal journal;
  private final Ledger ledger;
  private final Control control = new Control();

  TrainingRun(RunConfig config, Journal journal, Ledger ledger) {
    this.config = config;
    this.directory = new RunDirectory(config.directory());
    this.journal = journal;
    this.ledger = ledger;
  }

  @Override
  public RunControl control() {
    return control;
  }

  @Override
  public RunSummary execute(RunListener listener) {
    StageClock clock = new StageClock();
    try (Books books = new Books(journal, ledger, clock)) {
      sit(books, clock, listener);
    } catch (IOException e) {
      LOG.warn("closing the journal", e);
    }
    RunSummary summary = summary();
    listener.ended(summary);
    return summary;
  }

  private void sit(Books books, StageClock clock, RunListener listener) {
    try {
      new Sitting(config, directory, books, clock, control, listener).run();
      control.set(Phase.FINISHED, "");
    } catch (RunStoppedException e) {
      books.lastNote(Ledger.STOPPED, e.getMessage());
      control.set(Phase.STOPPED, e.getMessage());
    } catch (StepFailedException | ModelMismatchException | TritonException | IOException e) {
      fail(books, e.getMessage(), e);
    } catch (CompletionException e) {
      fail(books, reason(e.getCause()), e);
    } catch (RuntimeException | LinkageError e) {
      fail(books, "unexpected: " + e, e);
    }
  }

  private static String reason(Throwable cause) {
    return cause instanceof TritonException || cause instanceof StepFailedException
        ? cause.getMessage()
        : "unexpected: " + cause;
  }

  private void fail(Books books, String reason, Throwable cause) {
    LOG.error("the run failed", cause);
    books.lastNote(Ledger.FAILED, reason);
    control.set(Phase.FAILED, reason);
  }

  /** A run that failed before its first line has no history to sum up. */
  private RunSummary summary() {
    return ledger.isStarted()
        ? RunSummary.of(ledger.history(directory.root()))
        : RunSummary.notStarted(
            config.run(),
            directory.root(),
            control.phase(),
            control.reason(),
            config.rollouts().iterations());
  }
}
