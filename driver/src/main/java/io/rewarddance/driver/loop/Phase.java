package io.rewarddance.driver.loop;

/** Where a run stands. */
public enum Phase {
  STARTING,
  RUNNING,
  PAUSED,
  STOPPING,
  FINISHED,
  STOPPED,
  FAILED
}
