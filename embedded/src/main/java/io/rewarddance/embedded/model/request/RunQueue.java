package io.rewarddance.embedded.model.request;

import io.rewarddance.embedded.model.ExecutionPool;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Keeps the runs of a network full. The rows of all calls in flight stand in one line; a run takes
 * from its head as many as the network has places for, whatever call they are of, and those that
 * need another run go back to the head. So a call that doesn't fill a run leaves no place empty
 * while another one waits, and models that share the pool take turns run by run. Thread-safe.
 */
public final class RunQueue<R extends RunQueue.Row> {
  /** What a row has to say while it is in line. */
  public interface Row {
    /** False once it is complete, has failed, or nobody waits for it. */
    boolean needsRun();
  }

  private final ExecutionPool pool;
  private final int places;
  private final Consumer<List<R>> run;
  private final Deque<InLine<R>> line = new ArrayDeque<>();

  /** Runs that the pool was given and that have not ended. */
  private int runs;

  /** Those of them that have not taken their rows. */
  private int toStart;

  /**
   * @param places rows of a run
   * @param run takes 1 to {@code places} rows through the network once; called by as many threads
   *     at a time as the pool has
   */
  public RunQueue(ExecutionPool pool, int places, Consumer<List<R>> run) {
    this.pool = pool;
    this.places = places;
    this.run = run;
  }

  /**
   * Puts the rows of some calls in line, in order.
   *
   * @param calls each with at least one row
   * @return for each call a future that completes, with null, once none of its rows needs a run; it
   *     fails with what a run of one of them threw
   */
  public List<CompletableFuture<Void>> add(List<List<R>> calls) {
    List<InLine<R>> rows = new ArrayList<>();
    List<CompletableFuture<Void>> ends = new ArrayList<>();
    for (List<R> ofCall : calls) {
      Call call = new Call(ofCall.size());
      ofCall.forEach(row -> rows.add(new InLine<>(row, call)));
      ends.add(call.end);
    }
    int more;
    synchronized (this) {
      line.addAll(rows);
      more = runsToAdd();
    }
    start(more);
    return ends;
  }

  /** Rows that keep every thread of the pool busy with full runs until more of them come. */
  public int rowsAhead() {
    return 2 * places * pool.threads();
  }

  /** As many as the line has rows and the pool has threads for. */
  private int runsToAdd() {
    int before = runs;
    while (runs < pool.threads() && line.size() > toStart * places) {
      runs++;
      toStart++;
    }
    return runs - before;
  }

  private void start(int count) {
    try {
      for (int i = 0; i < count; i++) {
        pool.execute(this::runOnce);
      }
    } catch (RejectedExecutionException e) {
      abandon(e);
    }
  }

  /** The pool is closed, so that nothing in line will run. */
  private void abandon(RejectedExecutionException reason) {
    List<InLine<R>> left;
    synchronized (this) {
      left = List.copyOf(line);
      line.clear();
    }
    left.forEach(row -> row.call.fail(reason));
    left.forEach(row -> row.call.rowLeft());
  }

  private void runOnce() {
    List<InLine<R>> taken = new ArrayList<>(places);
    List<R> running = new ArrayList<>(places);
    synchronized (this) {
      toStart--;
      while (running.size() < places && !line.isEmpty()) {
        InLine<R> next = line.removeFirst();
        taken.add(next);
        if (next.needsRun()) {
          running.add(next.row);
        }
      }
    }
    try {
      if (!running.isEmpty()) {
        run.accept(running);
      }
    } catch (RuntimeException | Error e) {
      taken.forEach(row -> row.call.fail(e));
    }
    putBack(taken);
  }

  private void putBack(List<InLine<R>> taken) {
    List<Call> left = new ArrayList<>();
    int more;
    synchronized (this) {
      runs--;
      for (int i = taken.size() - 1; i >= 0; i--) {
        InLine<R> row = taken.get(i);
        if (row.needsRun()) {
          line.addFirst(row);
        } else {
          left.add(row.call);
        }
      }
      more = runsToAdd();
    }
    start(more);
    left.forEach(Call::rowLeft);
  }

  private record InLine<R extends Row>(R row, Call call) {
    boolean needsRun() {
      return call.problem == null && row.needsRun();
    }
  }

  /** Ends once none of its rows is in line or in a run, whatever became of them. */
  private static final class Call {
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private final AtomicInteger rows;
    private volatile Throwable problem;

    Call(int rows) {
      this.rows = new AtomicInteger(rows);
    }

    void fail(Throwable reason) {
      problem = reason;
    }

    void rowLeft() {
      if (rows.decrementAndGet() > 0) {
        return;
      }
      if (problem == null) {
        end.complete(null);
      } else {
        end.completeExceptionally(problem);
      }
    }
  }
}
