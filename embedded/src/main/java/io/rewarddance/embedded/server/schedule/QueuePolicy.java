package io.rewarddance.embedded.server.schedule;

import io.rewarddance.proto.triton.ModelQueuePolicy;
import java.util.concurrent.TimeUnit;

/**
 * How long and how many calls of one priority level may wait.
 *
 * @param delaysExpired true: a call past its time is served after all others; false: it is refused
 * @param defaultTimeoutNanos 0 for none
 * @param allowsOverride whether a request's own, shorter timeout counts
 * @param maxSize calls, 0 for any number
 */
record QueuePolicy(
    boolean delaysExpired, long defaultTimeoutNanos, boolean allowsOverride, long maxSize) {
  static QueuePolicy of(ModelQueuePolicy policy) {
    return new QueuePolicy(
        policy.getTimeoutAction() == ModelQueuePolicy.TimeoutAction.DELAY,
        TimeUnit.MICROSECONDS.toNanos(policy.getDefaultTimeoutMicroseconds()),
        policy.getAllowTimeoutOverride(),
        Integer.toUnsignedLong(policy.getMaxQueueSize()));
  }

  /** A request's timeout counts only when it is allowed and shorter than the default. */
  long timeoutNanos(PendingCall call) {
    boolean overrides =
        allowsOverride && call.timeoutNanos() > 0 && call.timeoutNanos() < defaultTimeoutNanos;
    return overrides ? call.timeoutNanos() : defaultTimeoutNanos;
  }

  boolean isExpired(PendingCall call, long nowNanos) {
    long timeout = timeoutNanos(call);
    return timeout > 0 && nowNanos - call.enqueuedNanos() > timeout;
  }
}
