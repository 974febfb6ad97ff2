package io.rewarddance.driver.engine;

import io.rewarddance.driver.clock.StageClock;
import io.rewarddance.driver.failure.StepFailedException;
import io.rewarddance.driver.journal.Journal;
import io.rewarddance.driver.journal.JournalLine;
import io.rewarddance.driver.journal.Kind;
import io.rewarddance.rollout.FailureKind;
import java.io.IOException;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes the journal, and keeps the ledger that follows from it. */
final class Books implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Books.class);

  private final Journal journal;
  private final Ledger ledger;
  private final StageClock clock;

  Books(Journal journal, Ledger ledger, StageClock clock) {
    this.journal = journal;
    this.ledger = ledger;
    this.clock = clock;
  }

  Ledger ledger() {
    return ledger;
  }

  /** Appends a line with the time since the last one. */
  JournalLine append(Kind kind, ObjectNode data, ObjectNode machine) {
    return append(kind, data, machine, clock.lap());
  }

  /**
   * Appends a line.
   *
   * @throws StepFailedException when it isn't on disk
   */
  JournalLine append(
      Kind kind, ObjectNode data, ObjectNode machine, SortedMap<String, Double> seconds) {
    machine.set(RecordJson.SECONDS, RecordJson.of(seconds));
    try {
      JournalLine line = journal.append(kind, data, machine);
      ledger.apply(line);
      return line;
    } catch (IOException e) {
      throw StepFailedException.lasting(
          isFull(e) ? FailureKind.STORE_FULL : FailureKind.STORE_ERROR, "journal: " + e, e);
    }
  }

  /** Tells what happened on the way. Its time stays with the line that follows. */
  void note(String what, String reason) {
    note(what, reason, new TreeMap<>());
  }

  /** Tells how this sitting ended. */
  void lastNote(String what, String reason) {
    note(what, reason, clock.lap());
  }

  /** A journal that can't take a note must not hide what the note is about. */
  private void note(String what, String reason, SortedMap<String, Double> seconds) {
    LOG.info("{}: {}", what, reason);
    try {
      ObjectNode data = RecordJson.object().put(Ledger.WHAT, what).put(Ledger.REASON, reason);
      append(Kind.NOTE, data, RecordJson.object(), seconds);
    } catch (StepFailedException e) {
      LOG.error("no note '{}' in the journal", what, e);
    }
  }

  private static boolean isFull(IOException e) {
    return String.valueOf(e.getMessage()).contains("No space left");
  }

  @Override
  public void close() throws IOException {
    journal.close();
  }
}
