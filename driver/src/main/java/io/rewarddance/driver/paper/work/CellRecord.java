package io.rewarddance.driver.paper.work;

import java.util.Optional;

/**
 * What is known of a cell: the content of its {@code cell.json}.
 *
 * @param id of the cell
 * @param inputs digest of all that its result follows from, needed cells' outputs included
 * @param state where it stands
 * @param seconds of wall time that it took, over all sittings
 * @param numbers present exactly when it is done
 * @param failure present exactly when it failed
 */
public record CellRecord(
    String id,
    String inputs,
    State state,
    double seconds,
    Optional<CellNumbers> numbers,
    Optional<Failure> failure) {
  public CellRecord {
    if (numbers.isPresent() != (state == State.DONE)
        || failure.isPresent() != (state == State.FAILED)) {
      throw new IllegalArgumentException(
          id + ": " + state + " (expected: numbers when done, a failure when failed)");
    }
  }

  /** Where a cell stands. */
  public enum State {
    /** Begun, and interrupted or killed. */
    BEGUN,
    DONE,
    FAILED
  }

  /** Why a cell has no result. */
  public record Failure(CellException.Reason reason, String message) {}

  public static CellRecord begun(String id, String inputs, double seconds) {
    return new CellRecord(id, inputs, State.BEGUN, seconds, Optional.empty(), Optional.empty());
  }

  public static CellRecord done(String id, String inputs, double seconds, CellNumbers numbers) {
    return new CellRecord(id, inputs, State.DONE, seconds, Optional.of(numbers), Optional.empty());
  }

  public static CellRecord failed(String id, String inputs, double seconds, CellException why) {
    return new CellRecord(
        id,
        inputs,
        State.FAILED,
        seconds,
        Optional.empty(),
        Optional.of(new Failure(why.reason(), String.valueOf(why.getMessage()))));
  }

  public boolean isDone() {
    return state == State.DONE;
  }
}
