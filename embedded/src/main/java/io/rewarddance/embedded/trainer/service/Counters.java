package io.rewarddance.embedded.trainer.service;

import io.rewarddance.proto.training.JudgeUpdateResult;
import io.rewarddance.proto.training.UpdateResult;
import java.util.EnumMap;
import java.util.Map;

/** What {@code /metrics} tells, as Prometheus text. */
public final class Counters {
  private final Map<Fault, Long> refused = new EnumMap<>(Fault.class);
  private long updates;
  private long rollouts;
  private double seconds;
  private UpdateResult last;
  private long judgeUpdates;
  private long judgePairs;
  private double judgeSeconds;

  synchronized void updated(UpdateResult result) {
    updates++;
    rollouts += result.rollouts();
    seconds += result.seconds();
    last = result;
  }

  synchronized void judged(JudgeUpdateResult result) {
    judgeUpdates++;
    judgePairs += result.pairs();
    judgeSeconds += result.seconds();
  }

  synchronized void refused(Fault fault) {
    refused.merge(fault, 1L, Long::sum);
  }

  /**
   * @param version of the current policy
   * @param nativeBytes native memory in use by tensors' Java handles
   */
  public synchronized String prometheus(long version, long nativeBytes) {
    StringBuilder text = new StringBuilder();
    counter(text, "updates_total", "Updates since the start of the process.", updates);
    counter(text, "rollouts_total", "Rollouts trained on since then.", rollouts);
    counter(text, "update_seconds_total", "Time spent in those updates.", seconds);
    counter(text, "judge_updates_total", "Judges' updates since then.", judgeUpdates);
    counter(text, "judge_pairs_total", "Pairs that judges were trained on.", judgePairs);
    counter(text, "judge_update_seconds_total", "Time spent in those updates.", judgeSeconds);
    head(text, "refused_total", "Updates refused since then, by error.", "counter");
    for (Fault fault : Fault.values()) {
      long count = refused.getOrDefault(fault, 0L);
      text.append("rewarddance_trainer_refused_total{error=\"")
          .append(fault.code())
          .append("\"} ")
          .append(count)
          .append('\n');
    }
    gauge(text, "policy_version", "Version of the current policy.", version);
    gauge(text, "native_bytes", "Native memory held by Java handles.", nativeBytes);
    if (last != null) {
      gauge(text, "loss", "Mean loss of the last update.", last.loss());
      gauge(text, "gradient_norm", "Mean gradient norm of the last update.", last.gradientNorm());
      gauge(text, "learning_rate", "AdamW's rate in the last update.", last.learningRate());
    }
    return text.toString();
  }

  private static void counter(StringBuilder text, String name, String help, double value) {
    head(text, name, help, "counter");
    value(text, name, value);
  }

  private static void gauge(StringBuilder text, String name, String help, double value) {
    head(text, name, help, "gauge");
    value(text, name, value);
  }

  private static void head(StringBuilder text, String name, String help, String type) {
    text.append("# HELP rewarddance_trainer_").append(name).append(' ').append(help).append('\n');
    text.append("# TYPE rewarddance_trainer_").append(name).append(' ').append(type).append('\n');
  }

  private static void value(StringBuilder text, String name, double value) {
    text.append("rewarddance_trainer_").append(name).append(' ').append(value).append('\n');
  }
}
