package io.rewarddance.embedded.server.schedule;

import java.util.List;

/** Decides, from the waiting calls alone, which of them run together now. */
final class BatchFormer {
  /**
   * @param take how many of the first calls run now, 0 for none yet
   * @param waitNanos how long to wait for more calls when none run now
   */
  record Decision(int take, long waitNanos) {}

  private final BatchingRules rules;

  BatchFormer(BatchingRules rules) {
    this.rules = rules;
  }

  /**
   * A preferred size is sent at once. Otherwise what waits is sent when it can't grow, or when its
   * oldest call has waited long enough.
   *
   * @param waiting at least one call, in the order of service
   */
  Decision decide(List<PendingCall> waiting, long nowNanos) {
    if (!rules.batches()) {
      return new Decision(1, 0);
    }
    int count = 0;
    int rows = 0;
    int preferredCount = 0;
    boolean full = false;
    for (PendingCall next : waiting) {
      boolean fits = rows + next.rows() <= rules.maxPreferred();
      boolean alike = next.signature().equals(waiting.get(0).signature());
      if (count > 0 && !(fits && alike)) {
        full = true;
        break;
      }
      count++;
      rows += next.rows();
      if (rules.preferredSizes().contains(rows)) {
        preferredCount = count;
      }
    }
    long age = nowNanos - oldest(waiting.subList(0, count));
    boolean late = rules.maxDelayNanos() > 0 && age >= rules.maxDelayNanos();
    if (preferredCount > 0 && !late) {
      return new Decision(preferredCount, 0);
    }
    if (full || late || rules.maxDelayNanos() == 0 || rows >= rules.maxPreferred()) {
      return new Decision(count, 0);
    }
    return new Decision(0, rules.maxDelayNanos() - age);
  }

  private static long oldest(List<PendingCall> calls) {
    return calls.stream().mapToLong(PendingCall::enqueuedNanos).min().orElseThrow();
  }
}
