package io.rewarddance.driver.loop;

/** Steers a run from any thread. All calls return at once. */
public interface RunControl {
  /** The run stops before its next iteration and waits. Pausing a paused run changes nothing. */
  void pause(String reason);

  /** A paused run goes on. Resuming a running run changes nothing. */
  void resume();

  /** The run ends, resumable, after the iteration in progress; a paused run ends now. */
  void stop(String reason);

  /** Where the run stands. */
  Phase phase();

  /** Why the run is paused, stopping or failed; empty otherwise. */
  String reason();
}
