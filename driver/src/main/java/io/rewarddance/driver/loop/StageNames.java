package io.rewarddance.driver.loop;

import java.util.List;

/** Names of where the time of an iteration goes; stages that overlap share out their wall time. */
public final class StageNames {
  /** Wall time of all of it. */
  public static final String TOTAL = "total";

  /** Starting the local services of a sitting. */
  public static final String START = "start";

  /** Waiting for somebody to resume the run. */
  public static final String PAUSED = "paused";

  /** Generator at work. */
  public static final String GENERATE = "generate";

  /** Judges at work while no generator is. */
  public static final String JUDGE = "judge";

  /** Rollout file. */
  public static final String STORE = "store";

  /** Training backend at work. */
  public static final String UPDATE = "update";

  /** New policy into service, with its canary. */
  public static final String PUBLISH = "publish";

  /** Evaluations. */
  public static final String EVALUATE = "evaluate";

  /** The driver's own: what is left of the total. */
  public static final String DRIVER = "driver";

  /** Those that are shown, in the order of an iteration. */
  public static final List<String> SHOWN =
      List.of(START, GENERATE, JUDGE, STORE, UPDATE, PUBLISH, EVALUATE, PAUSED, DRIVER);

  private StageNames() {}
}
