package io.rewarddance.driver.paper.work;

/** Somebody's wish that the work ends, and who is to be told. */
public final class Stopping {
  private boolean asked;
  private Runnable current = () -> {};

  /** Ends the work; what is under way is told at once. */
  public void ask() {
    Runnable told;
    synchronized (this) {
      asked = true;
      told = current;
    }
    told.run();
  }

  public synchronized boolean isAsked() {
    return asked;
  }

  /** From now on this one is told. */
  void during(Runnable stop) {
    boolean already;
    synchronized (this) {
      current = stop;
      already = asked;
    }
    if (already) {
      stop.run();
    }
  }
}
