package io.rewarddance.embedded.server.settings;

import io.rewarddance.embedded.server.RequestException;
import io.rewarddance.proto.triton.TraceSettingRequest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Trace settings of the server, or of one model.
 *
 * @param levels TIMESTAMPS, TENSORS; none means OFF
 * @param rate one request in so many is traced
 * @param count how many more are traced, -1 for all
 * @param logFrequency kept and answered
 */
record TraceValues(Set<String> levels, long rate, int count, long logFrequency) {
  static final TraceValues DEFAULT = new TraceValues(Set.of(), 1000, -1, 0);

  TraceValues {
    levels = Set.copyOf(levels);
  }

  boolean isOn() {
    return !levels.isEmpty();
  }

  TraceValues withCount(int newCount) {
    return new TraceValues(levels, rate, newCount, logFrequency);
  }

  /** These values with a request's changes; an empty list of values takes {@code fallback}'s. */
  TraceValues changed(
      Map<String, TraceSettingRequest.SettingValue> settings, TraceValues fallback) {
    if (settings.containsKey("trace_file")) {
      throw RequestException.unimplemented(
          "trace file location can not be updated through network protocol");
    }
    return new TraceValues(
        changedLevels(settings.get("trace_level"), fallback),
        number(settings, "trace_rate", rate, fallback.rate(), 0),
        (int) number(settings, "trace_count", count, fallback.count(), -1),
        number(settings, "log_frequency", logFrequency, fallback.logFrequency(), 0));
  }

  private Set<String> changedLevels(
      TraceSettingRequest.SettingValue setting, TraceValues fallback) {
    if (setting == null) {
      return levels;
    }
    List<String> wanted = setting.getValueList();
    if (wanted.isEmpty()) {
      return fallback.levels();
    }
    if (wanted.contains("OFF")) {
      if (wanted.size() > 1) {
        throw RequestException.invalid("Expect only one trace level 'OFF' is specified");
      }
      return Set.of();
    }
    Set<String> known = new TreeSet<>(wanted);
    known.retainAll(Set.of("TIMESTAMPS", "TENSORS"));
    return known;
  }

  private static long number(
      Map<String, TraceSettingRequest.SettingValue> settings,
      String key,
      long old,
      long fallback,
      int least) {
    TraceSettingRequest.SettingValue setting = settings.get(key);
    if (setting == null) {
      return old;
    }
    if (setting.getValueCount() == 0) {
      return fallback;
    }
    if (setting.getValueCount() > 1) {
      throw RequestException.invalid("expect only 1 value for '" + key + "'");
    }
    return parsed(key, setting.getValue(0), least);
  }

  private static long parsed(String key, String text, int least) {
    long value;
    try {
      value = Long.parseLong(text.strip());
    } catch (NumberFormatException e) {
      throw RequestException.invalid("Unable to parse '" + key + "', got: " + text);
    }
    if (key.equals("trace_count") && value < least) {
      throw RequestException.invalid(
          "Unable to parse '%s'. Expecting value >= %d, got: %s".formatted(key, least, text));
    }
    if (value < least || value > Integer.MAX_VALUE) {
      throw RequestException.invalid(
          "Unable to parse '%s', value is out of range [ %d, %d ], got: %s"
              .formatted(key, least, Integer.MAX_VALUE, text));
    }
    return value;
  }
}
