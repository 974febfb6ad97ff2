package io.rewarddance.embedded.server.settings;

import io.rewarddance.embedded.server.schedule.Outcome;
import io.rewarddance.proto.triton.TraceSettingRequest;
import io.rewarddance.proto.triton.TraceSettingResponse;
import io.rewarddance.proto.triton.TraceSettingResponse.SettingValue;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Triton's TraceSetting call sets, for the server and for single models. A traced request
 * leaves one log line with its times; this server writes no trace file. Thread-safe.
 */
public final class TraceSettings {
  private static final Logger log = LoggerFactory.getLogger(TraceSettings.class);
  private static final String SERVER = "";

  private final Map<String, TraceValues> values = new HashMap<>();
  private final Map<String, Long> requests = new HashMap<>();
  private volatile boolean anyOn;

  public TraceSettings() {
    values.put(SERVER, TraceValues.DEFAULT);
  }

  /**
   * Sets what the request names and answers all settings that hold for the model.
   *
   * @param model empty for the server-wide settings
   */
  public synchronized TraceSettingResponse update(
      String model, Map<String, TraceSettingRequest.SettingValue> settings) {
    TraceValues fallback = model.isEmpty() ? TraceValues.DEFAULT : values.get(SERVER);
    TraceValues now = current(model).changed(settings, fallback);
    if (!settings.isEmpty()) {
      values.put(model, now);
      requests.remove(model);
      anyOn = values.values().stream().anyMatch(TraceValues::isOn);
    }
    return answer(now);
  }

  private TraceValues current(String model) {
    return values.getOrDefault(model, values.get(SERVER));
  }

  /** Logs the request when its turn has come. */
  public void trace(String model, long version, String id, Outcome.Timing timing, long endNanos) {
    if (anyOn && isTurn(model)) {
      log.info(
          "trace model={} version={} id={} queue_ns={} compute_input_ns={} compute_infer_ns={}"
              + " compute_output_ns={}",
          model,
          version,
          id,
          timing.taken() - timing.enqueued(),
          timing.inferStart() - timing.taken(),
          timing.inferEnd() - timing.inferStart(),
          endNanos - timing.inferEnd());
    }
  }

  private synchronized boolean isTurn(String model) {
    String key = values.containsKey(model) ? model : SERVER;
    TraceValues setting = values.get(key);
    if (!setting.isOn() || setting.rate() == 0 || setting.count() == 0) {
      return false;
    }
    if (requests.merge(key, 1L, Long::sum) % setting.rate() != 0) {
      return false;
    }
    if (setting.count() > 0) {
      values.put(key, setting.withCount(setting.count() - 1));
    }
    return true;
  }

  private static TraceSettingResponse answer(TraceValues values) {
    SettingValue.Builder level = SettingValue.newBuilder();
    level.addAllValue(
        values.isOn() ? new TreeSet<>(values.levels()).descendingSet() : Set.of("OFF"));
    return TraceSettingResponse.newBuilder()
        .putSettings("trace_level", level.build())
        .putSettings("trace_rate", one(values.rate()))
        .putSettings("trace_count", one(values.count()))
        .putSettings("log_frequency", one(values.logFrequency()))
        .putSettings("trace_file", SettingValue.newBuilder().addValue("").build())
        .putSettings("trace_mode", SettingValue.newBuilder().addValue("triton").build())
        .build();
  }

  private static SettingValue one(long value) {
    return SettingValue.newBuilder().addValue(Long.toString(value)).build();
  }
}
