package io.rewarddance.embedded.server.infer;

import io.rewarddance.embedded.server.RequestException;
import io.rewarddance.proto.triton.InferParameter;
import io.rewarddance.proto.triton.InferParameter.ParameterChoiceCase;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The parameters of a request that mean something to the server. All others are free, as long as
 * their type is one that Triton takes.
 *
 * @param priority 1 is served first, 0 for the model's default
 * @param timeoutNanos how long the request may wait in the queue, 0 for as the model says
 */
record RequestParameters(long priority, long timeoutNanos) {
  private static final String EMPTY_FINAL_RESPONSE = "triton_enable_empty_final_response";

  /**
   * @throws RequestException INVALID_ARGUMENT naming the parameter
   */
  static RequestParameters of(Map<String, InferParameter> parameters) {
    long priority = 0;
    long timeoutNanos = 0;
    for (Map.Entry<String, InferParameter> entry : parameters.entrySet()) {
      String key = entry.getKey();
      InferParameter value = entry.getValue();
      switch (key) {
        case "sequence_id" ->
            require(
                value.hasInt64Param() || value.hasStringParam(),
                key,
                "int64_param or string_param");
        case "sequence_start", "sequence_end" -> require(value.hasBoolParam(), key, "bool_param");
        case "priority" -> priority = priority(value);
        case "timeout" -> {
          require(value.hasInt64Param(), key, "int64_param");
          timeoutNanos = TimeUnit.MICROSECONDS.toNanos(value.getInt64Param());
        }
        default -> checkFree(key, value);
      }
    }
    return new RequestParameters(priority, timeoutNanos);
  }

  private static long priority(InferParameter value) {
    if (value.hasUint64Param()) {
      return value.getUint64Param();
    }
    require(value.hasInt64Param(), "priority", "int64_param or uint64_param");
    if (value.getInt64Param() < 0) {
      throw RequestException.invalid("invalid value for 'priority', expected value >= 0.");
    }
    return value.getInt64Param();
  }

  private static void checkFree(String key, InferParameter value) {
    if (key.equals(EMPTY_FINAL_RESPONSE)) {
      require(value.hasBoolParam(), key, "bool_param");
    } else if (key.startsWith("triton_")) {
      throw RequestException.invalid(
          "parameter keys starting with 'triton_' are reserved for Triton usage. Only the following"
              + " keys starting with 'triton_' are allowed: "
              + EMPTY_FINAL_RESPONSE);
    } else {
      ParameterChoiceCase type = value.getParameterChoiceCase();
      boolean known =
          type != ParameterChoiceCase.UINT64_PARAM
              && type != ParameterChoiceCase.PARAMETERCHOICE_NOT_SET;
      require(known, key, "int64_param, bool_param, or string_param");
    }
  }

  private static void require(boolean ok, String key, String expected) {
    if (!ok) {
      throw RequestException.invalid(
          "invalid value type for '" + key + "' parameter, expected " + expected + ".");
    }
  }
}
