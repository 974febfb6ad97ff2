package io.rewarddance.embedded.server.settings;

import io.rewarddance.embedded.server.RequestException;
import io.rewarddance.proto.triton.LogSettingsRequest;
import io.rewarddance.proto.triton.LogSettingsResponse;
import java.util.Map;

/**
 * What Triton's LogSettings call sets. The process that hosts this server owns its logging: the
 * values are kept and answered, log_info decides whether the server reports its operations.
 * Thread-safe.
 */
public final class LogSettings {
  private boolean info = true;
  private boolean warning = true;
  private boolean error = true;
  private int verboseLevel;
  private String format = "default";

  /**
   * Sets what the request names and answers all settings.
   *
   * @throws RequestException for a value of another type; what came before it stays set
   */
  public synchronized LogSettingsResponse update(
      Map<String, LogSettingsRequest.SettingValue> settings) {
    if (settings.containsKey("log_file")) {
      throw RequestException.unimplemented(
          "log file location can not be updated through network protocol");
    }
    info = bool(settings, "log_info", info);
    warning = bool(settings, "log_warning", warning);
    error = bool(settings, "log_error", error);
    verboseLevel = verboseLevel(settings.get("log_verbose_level"));
    format = format(settings.get("log_format"));
    return answer();
  }

  public synchronized boolean reportsOperations() {
    return info;
  }

  private static boolean bool(
      Map<String, LogSettingsRequest.SettingValue> settings, String key, boolean old) {
    LogSettingsRequest.SettingValue value = settings.get(key);
    if (value == null) {
      return old;
    }
    if (!value.hasBoolParam()) {
      throw RequestException.invalid("expect boolean for '" + key + "'");
    }
    return value.getBoolParam();
  }

  private int verboseLevel(LogSettingsRequest.SettingValue value) {
    if (value == null) {
      return verboseLevel;
    }
    if (!value.hasUint32Param()) {
      throw RequestException.invalid("expect int32 for 'log_verbose_level'");
    }
    return value.getUint32Param();
  }

  private String format(LogSettingsRequest.SettingValue value) {
    if (value == null) {
      return format;
    }
    if (!value.hasStringParam()) {
      throw RequestException.invalid("expect string for 'log_format'");
    }
    String wanted = value.getStringParam();
    if (!wanted.equals("default") && !wanted.equals("ISO8601")) {
      throw RequestException.invalid("invalid argument for log_format, got: " + wanted);
    }
    return wanted;
  }

  private LogSettingsResponse answer() {
    return LogSettingsResponse.newBuilder()
        .putSettings("log_file", text(""))
        .putSettings("log_info", bool(info))
        .putSettings("log_warning", bool(warning))
        .putSettings("log_error", bool(error))
        .putSettings(
            "log_verbose_level",
            LogSettingsResponse.SettingValue.newBuilder().setUint32Param(verboseLevel).build())
        .putSettings("log_format", text(format))
        .build();
  }

  private static LogSettingsResponse.SettingValue bool(boolean value) {
    return LogSettingsResponse.SettingValue.newBuilder().setBoolParam(value).build();
  }

  private static LogSettingsResponse.SettingValue text(String value) {
    return LogSettingsResponse.SettingValue.newBuilder().setStringParam(value).build();
  }
}
