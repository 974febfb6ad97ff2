package io.rewarddance.metrics.hacking;

/** In which direction a drawing metric does harm. */
public enum Drift {
  /** More is worse. */
  RISING,
  /** Less is worse. */
  FALLING,
  /** Not known: any large change is reported. */
  EITHER
}
