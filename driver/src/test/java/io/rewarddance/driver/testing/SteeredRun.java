package io.rewarddance.driver.testing;

import io.rewarddance.driver.loop.Phase;
import io.rewarddance.driver.loop.RunControl;
import java.util.ArrayList;
import java.util.List;

/** A control that writes down what it was told. */
public final class SteeredRun implements RunControl {
  private final List<String> told = new ArrayList<>();
  private Phase phase = Phase.RUNNING;
  private String reason = "";

  public synchronized List<String> told() {
    return List.copyOf(told);
  }

  @Override
  public synchronized void pause(String reason) {
    told.add("pause " + reason);
    this.reason = reason;
    phase = Phase.PAUSED;
  }

  @Override
  public synchronized void resume() {
    told.add("resume");
    reason = "";
    phase = Phase.RUNNING;
  }

  @Override
  public synchronized void stop(String reason) {
    told.add("stop " + reason);
    this.reason = reason;
    phase = Phase.STOPPING;
  }

  @Override
  public synchronized Phase phase() {
    return phase;
  }

  @Override
  public synchronized String reason() {
    return reason;
  }
}
